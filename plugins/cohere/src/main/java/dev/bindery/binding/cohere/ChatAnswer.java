package dev.bindery.binding.cohere;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One answer while it comes: what it says, how it ended, and what is said about it. */
final class ChatAnswer {
    private final Answer answer;
    private final Thoughts thoughts;
    private final WellFormedText text = new WellFormedText();
    private final ToolCalls calls = new ToolCalls();
    private final AnswerMetadata metadata = new AnswerMetadata();
    private @Nullable FinishReason reason;
    private boolean begun;

    ChatAnswer(GenerationCallback callback) {
        answer = new Answer(callback);
        thoughts = new Thoughts(answer);
    }

    AnswerMetadata metadata() {
        return metadata;
    }

    /** Whether anything of the answer has come. */
    boolean begun() {
        return begun;
    }

    boolean finished() {
        return reason != null;
    }

    Optional<Usage> usage() {
        return answer.usage();
    }

    /** A piece of the content, of text or of thinking; whether to go on. */
    boolean content(JsonNode content) {
        begun = true;
        String piece = text.take(Json.text(content, "text"));
        return thoughts.take(Thought.THINKING, Json.text(content, "thinking"))
                && (piece.isEmpty() || (thoughts.end() && answer.chunk(piece)));
    }

    boolean plan(String piece) {
        begun = true;
        return thoughts.take(Thought.PLAN, piece);
    }

    boolean callBegins(JsonNode call) {
        begun = true;
        return thoughts.end() && answer.on(Operation.toolCall(calls.begin(call)));
    }

    /** More of the call that began last; refused where none has begun. */
    boolean callGoesOn(JsonNode call) {
        if (calls.isEmpty()) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "Cohere sends the middle of a tool call without its beginning");
        }
        return answer.on(Operation.toolCall(calls.more(call)));
    }

    /** The probabilities of a chunk's tokens, which Cohere does not tell apart: their product. */
    boolean logprobs(JsonNode item) {
        JsonNode each = item.path("logprobs");
        if (!each.isArray() || each.isEmpty()) {
            return true;
        }
        double all = each.valueStream().mapToDouble(one -> one.asDouble(0)).sum();
        String chunk = new WellFormedText().take(Json.text(item, "text"));
        return answer.on(Operation.logprobs(List.of(TokenLogprob.builder(chunk, all).build())));
    }

    /** What stands at the end of an answer; whether to go on. */
    boolean end(JsonNode end) {
        begun = true;
        JsonNode usage = end.path("usage");
        metadata.billed(usage);
        boolean goOn =
                Usages.of(usage).map(counts -> answer.on(Operation.usage(counts))).orElse(true);
        String name = Json.text(end, "finish_reason");
        switch (name) {
            case "" -> {}
            case "ERROR" -> throw failed(ErrorCode.UPSTREAM_ERROR, end);
            case "TIMEOUT" -> throw failed(ErrorCode.TIMEOUT, end);
            default -> reason = FinishReasons.of(name);
        }
        return goOn && flush();
    }

    private static BindingException failed(ErrorCode code, JsonNode end) {
        String why = Json.text(end, "error");
        return new BindingException(
                code,
                "Cohere broke off the answer (%s)%s"
                        .formatted(
                                Json.text(end, "finish_reason"), why.isEmpty() ? "" : ": " + why));
    }

    private boolean flush() {
        String rest = text.rest();
        return thoughts.end() && (rest.isEmpty() || answer.chunk(rest));
    }

    GenerationResult complete() {
        return result(reason == null ? FinishReason.STOP : reason);
    }

    /** The answer as far as it came before it was stopped. */
    GenerationResult stopped() {
        return result(FinishReason.CANCELLED);
    }

    private GenerationResult result(FinishReason ended) {
        List<Part> parts = new ArrayList<>(thoughts.all());
        answer.parts(0).stream()
                .filter(part -> !(part instanceof ReasoningPart))
                .forEach(parts::add);
        boolean called = ended.equals(FinishReason.STOP) && !calls.isEmpty();
        Candidate candidate =
                Candidate.builder()
                        .parts(parts)
                        .logprobs(answer.logprobs(0))
                        .finishReason(called ? FinishReason.TOOL_CALLS : ended)
                        .build();
        return GenerationResult.of(candidate).toBuilder()
                .usage(answer.usage().orElse(null))
                .metadata(metadata.all())
                .build();
    }
}
