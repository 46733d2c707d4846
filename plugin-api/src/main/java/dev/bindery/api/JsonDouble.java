package dev.bindery.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A number of JSON that is not a long; finite. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonDouble extends JsonValue {
    private final double value;

    /**
     * @throws IllegalArgumentException for an infinite value and for NaN, which JSON cannot express
     */
    public JsonDouble(double value) {
        super(0, 24);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number " + value);
        }
        this.value = value;
    }

    /** The number. */
    public double value() {
        return value;
    }

    @Override
    public Double toJava() {
        return value;
    }

    @Override
    void write(StringBuilder out) {
        out.append(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonDouble that && Double.compare(that.value, value) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }
}
