package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Why an answer ended.
 *
 * <p>The set grows: compare with the constants, and expect names that you do not know.
 *
 * @param name the name as it stands in config.yaml and on the wire, lower case
 */
@API(status = API.Status.STABLE, since = "1.0")
public record FinishReason(String name) {
    /** The model ended by itself, or at a stop sequence. */
    public static final FinishReason STOP = new FinishReason("stop");

    /** The token limit was reached. */
    public static final FinishReason LENGTH = new FinishReason("length");

    /** The model asks for tools to be called. */
    public static final FinishReason TOOL_CALLS = new FinishReason("tool_calls");

    /** The provider withheld the rest. */
    public static final FinishReason CONTENT_FILTER = new FinishReason("content_filter");

    /** The model refused to answer. */
    public static final FinishReason REFUSAL = new FinishReason("refusal");

    /** The caller stopped it; the answer is what there was. */
    public static final FinishReason CANCELLED = new FinishReason("cancelled");

    public FinishReason {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
