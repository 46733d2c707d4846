package dev.bindery.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A whole number of JSON that fits a long. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonLong extends JsonValue {
    private final long value;

    /** Any long. */
    public JsonLong(long value) {
        super(0, 20);
        this.value = value;
    }

    /** The number. */
    public long value() {
        return value;
    }

    @Override
    public Long toJava() {
        return value;
    }

    @Override
    void write(StringBuilder out) {
        out.append(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonLong that && that.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }
}
