package dev.bindery.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A list of JSON values. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonArray extends JsonValue {
    /** The empty list. */
    public static final JsonArray EMPTY = new JsonArray(List.of());

    private final List<JsonValue> items;

    /** A list of these items. Past the limits: {@link IllegalArgumentException}. */
    public JsonArray(List<? extends JsonValue> items) {
        super(
                1 + items.stream().mapToInt(JsonValue::depth).max().orElse(0),
                2 + items.stream().mapToLong(item -> item.size() + 1L).sum());
        this.items = List.copyOf(items);
    }

    /** The items in their order; unmodifiable. */
    public List<JsonValue> items() {
        return items;
    }

    @Override
    public List<@Nullable Object> toJava() {
        List<@Nullable Object> plain = new ArrayList<>(items.size());
        items.forEach(item -> plain.add(item.toJava()));
        return Collections.unmodifiableList(plain);
    }

    @Override
    void write(StringBuilder out) {
        String separator = "";
        out.append('[');
        for (JsonValue item : items) {
            out.append(separator);
            item.write(out);
            separator = ",";
        }
        out.append(']');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && that.items.equals(items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }
}
