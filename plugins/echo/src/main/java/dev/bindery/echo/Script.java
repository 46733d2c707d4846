package dev.bindery.echo;

import dev.bindery.api.FinishReason;
import dev.bindery.api.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer does beyond echoing; README.md has the fields.
 *
 * @param firstDelay the time before anything else
 * @param delay the time before each piece but the first
 * @param operations what is sent between the pieces, in this order
 * @param error how the answer fails, where it shall
 * @param finishReason why the answer claims to have ended, where that shall differ from the truth
 */
record Script(
        Duration firstDelay,
        Duration delay,
        List<ScriptedOperation> operations,
        Optional<ScriptedError> error,
        Optional<FinishReason> finishReason) {
    private static final int MAX_DELAY_MS = 600_000;
    private static final Set<String> NAMES =
            Set.of("first_token_delay_ms", "delay_ms", "operations", "error", "finish_reason");

    /**
     * @throws dev.bindery.api.BindingException saying what does not fit
     */
    static Script of(JsonObject object) {
        Fields fields = new Fields("echo", object).allowing(NAMES);
        return new Script(
                millis(fields, "first_token_delay_ms"),
                millis(fields, "delay_ms"),
                fields.list("operations").stream().map(ScriptedOperation::of).toList(),
                fields.fields("error").map(ScriptedError::of),
                fields.text("finish_reason").map(FinishReason::new));
    }

    private static Duration millis(Fields fields, String name) {
        return Duration.ofMillis(fields.whole(name, MAX_DELAY_MS).orElse(0));
    }
}
