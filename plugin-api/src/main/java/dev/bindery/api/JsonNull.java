package dev.bindery.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** JSON's {@code null}. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonNull extends JsonValue {
    /** The one value. */
    public static final JsonNull NULL = new JsonNull();

    private JsonNull() {
        super(0, 4);
    }

    @Override
    public @Nullable Object toJava() {
        return null;
    }

    @Override
    void write(StringBuilder out) {
        out.append("null");
    }
}
