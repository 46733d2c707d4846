package dev.bindery.binding.ollama;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.Timings;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import dev.bindery.http.TokenLogprobs;
import dev.bindery.http.WellFormedText;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns the lines of one answer into operations. For one thread. */
final class AnswerReader {
    private final Answer answer;
    private final boolean showThoughts;
    private final WellFormedText text = new WellFormedText();
    private final WellFormedText thoughts = new WellFormedText();
    private int calls;
    private boolean begun;
    private FinishReason reason = FinishReason.STOP;
    private @Nullable Timings timings;

    AnswerReader(GenerationCallback callback, boolean showThoughts) {
        this.answer = new Answer(callback);
        this.showThoughts = showThoughts;
    }

    /** Whether anything has come. */
    boolean begun() {
        return begun;
    }

    /** The prompt, where it is to stand before the answer. */
    boolean echo(String prompt) {
        return pieces(prompt, Operation::chunk);
    }

    /**
     * Takes a line.
     *
     * @return whether to go on
     */
    boolean take(JsonNode line) {
        begun = true;
        JsonNode message = line.path("message");
        JsonNode said = message.isObject() ? message : line;
        String more = Json.text(said, message.isObject() ? "content" : "response");
        return thinking(Json.text(said, "thinking"))
                && pieces(text.take(more), Operation::chunk)
                && toolCalls(said.path("tool_calls"))
                && logprobs(TokenLogprobs.read(line.path("logprobs")))
                && (!line.path("done").asBoolean(false) || end(line));
    }

    private boolean thinking(String more) {
        String piece = thoughts.take(more);
        return !showThoughts || pieces(piece, Operation::reasoning);
    }

    /** Calls come whole; older servers give them no id. */
    private boolean toolCalls(JsonNode called) {
        for (JsonNode call : called) {
            JsonNode function = call.path("function");
            String id = Json.text(call, "id");
            ToolCallDelta delta =
                    ToolCallDelta.of(
                            calls++,
                            id.isEmpty() ? "call_" + UUID.randomUUID() : id,
                            Json.text(function, "name"),
                            arguments(function.path("arguments")));
            if (!answer.on(Operation.toolCall(delta))) {
                return false;
            }
        }
        return true;
    }

    private static String arguments(JsonNode arguments) {
        if (arguments.isString()) {
            return arguments.stringValue();
        }
        return arguments.isMissingNode() || arguments.isNull() ? "{}" : arguments.toString();
    }

    private boolean logprobs(List<TokenLogprob> tokens) {
        return tokens.isEmpty() || answer.on(Operation.logprobs(tokens));
    }

    private boolean end(JsonNode line) {
        reason = reason(Json.text(line, "done_reason"));
        timings =
                Timings.builder()
                        .load(time(line.path("load_duration")))
                        .prompt(time(line.path("prompt_eval_duration")))
                        .generation(time(line.path("eval_duration")))
                        .build();
        Usage usage =
                Usage.builder()
                        .inputTokens(ModelDetails.whole(line.path("prompt_eval_count")))
                        .outputTokens(ModelDetails.whole(line.path("eval_count")))
                        .build();
        boolean counted = usage.inputTokens().isPresent() || usage.outputTokens().isPresent();
        return thinking(thoughts.rest())
                && pieces(text.rest(), Operation::chunk)
                && (!counted || answer.on(Operation.usage(usage)));
    }

    private FinishReason reason(String name) {
        return switch (name) {
            case "", "stop" -> calls == 0 ? FinishReason.STOP : FinishReason.TOOL_CALLS;
            case "length" -> FinishReason.LENGTH;
            default -> new FinishReason(name);
        };
    }

    private static @Nullable Duration time(JsonNode nanos) {
        return nanos.isIntegralNumber() && nanos.canConvertToLong()
                ? Duration.ofNanos(nanos.longValue())
                : null;
    }

    private boolean pieces(String piece, Function<String, Operation> operation) {
        return piece.isEmpty() || answer.on(operation.apply(piece));
    }

    /** The answer, which is whole. */
    GenerationResult complete() {
        return answer.result(reason).toBuilder().timings(timings).build();
    }

    /** The answer as far as it came before it was stopped. */
    GenerationResult stopped() {
        return answer.result(FinishReason.CANCELLED);
    }
}
