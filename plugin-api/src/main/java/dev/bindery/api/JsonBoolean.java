package dev.bindery.api;

import org.apiguardian.api.API;

/** JSON's {@code true} and {@code false}. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonBoolean extends JsonValue {
    /** True. */
    public static final JsonBoolean TRUE = new JsonBoolean(true);

    /** False. */
    public static final JsonBoolean FALSE = new JsonBoolean(false);

    private final boolean value;

    private JsonBoolean(boolean value) {
        super(0, 5);
        this.value = value;
    }

    /** The one of the two constants. */
    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The truth value. */
    public boolean value() {
        return value;
    }

    @Override
    public Boolean toJava() {
        return value;
    }

    @Override
    void write(StringBuilder out) {
        out.append(value);
    }
}
