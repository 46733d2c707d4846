package dev.bindery.openai;

import dev.bindery.api.Answer;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.TokenLogprob;
import dev.bindery.http.WellFormedText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns what comes for one candidate into operations, and remembers how it ended. */
final class ChoiceReader {
    private final int index;
    private final Answer answer;
    private final WellFormedText text = new WellFormedText();
    private final WellFormedText thoughts = new WellFormedText();
    private final @Nullable ThinkTags tags;
    private final ReasoningDetails details = new ReasoningDetails();
    private final ToolCalls calls = new ToolCalls();
    private @Nullable FinishReason reason;
    private @Nullable String stopSequence;
    private boolean refused;
    private boolean thought;

    /**
     * @param thinkTags whether the text may begin with thoughts between tags
     */
    ChoiceReader(int index, Answer answer, boolean thinkTags) {
        this.index = index;
        this.answer = answer;
        this.tags = thinkTags ? new ThinkTags() : null;
    }

    /**
     * Takes a choice, whole or a piece of it.
     *
     * @return whether to go on
     */
    boolean take(JsonNode choice) {
        JsonNode said = choice.path(choice.path("delta").isObject() ? "delta" : "message");
        boolean goOn =
                reasoning(said)
                        && details(said)
                        && text(choice.path("text").asString(""))
                        && text(content(said.path("content")))
                        && refusal(said)
                        && toolCalls(said.path("tool_calls"))
                        && logprobs(Logprobs.of(choice));
        return goOn && finish(choice);
    }

    boolean isFinished() {
        return reason != null;
    }

    /** Hands on what was held back, when no more will come. */
    boolean flush() {
        return pieces(thoughts.rest(), Operation::reasoning)
                && text("")
                && (tags == null || split(tags.rest()))
                && pieces(text.rest(), Operation::chunk)
                && attached();
    }

    /**
     * The candidate as it stands.
     *
     * @param otherwise why it ended, when the server did not say
     */
    Candidate candidate(FinishReason otherwise) {
        return answer.candidate(index, reason(otherwise)).toBuilder()
                .stopSequence(stopSequence)
                .build();
    }

    private FinishReason reason(FinishReason otherwise) {
        FinishReason given = Optional.ofNullable(reason).orElse(otherwise);
        if (!given.equals(FinishReason.STOP)) {
            return given;
        }
        if (refused) {
            return FinishReason.REFUSAL;
        }
        return calls.isEmpty() ? given : FinishReason.TOOL_CALLS;
    }

    private boolean finish(JsonNode choice) {
        JsonNode name = choice.path("finish_reason");
        if (!name.isString() || name.stringValue().isEmpty()) {
            return true;
        }
        reason = FinishReasons.of(name.stringValue());
        JsonNode stop = choice.path("stop_reason");
        stopSequence = stop.isString() && !stop.stringValue().isEmpty() ? stop.stringValue() : null;
        return flush();
    }

    /**
     * Under the name that vLLM and DeepSeek gave it, or the newer one, or in OpenRouter's blocks,
     * or among the parts of the content, as Mistral has it.
     */
    private boolean reasoning(JsonNode said) {
        details.take(said.path(ReasoningDetails.FIELD));
        String piece = thought(said);
        thought |= !piece.isEmpty();
        return pieces(thoughts.take(piece), Operation::reasoning);
    }

    private static String thought(JsonNode said) {
        String piece = said.path("reasoning_content").asString("");
        if (piece.isEmpty()) {
            piece = said.path("reasoning").asString("");
        }
        if (piece.isEmpty()) {
            piece = ReasoningDetails.text(said.path(ReasoningDetails.FIELD));
        }
        return piece.isEmpty() ? thinking(said.path("content")) : piece;
    }

    /** The blocks go with the thoughts before them, once something else comes. */
    private boolean details(JsonNode said) {
        boolean other =
                !content(said.path("content")).isEmpty() || !said.path("tool_calls").isEmpty();
        return !other || attached();
    }

    private boolean attached() {
        if (details.isEmpty()) {
            return true;
        }
        boolean shown = thought;
        thought = false;
        return emit(details.taken(shown));
    }

    private boolean text(String piece) {
        String whole = text.take(piece);
        return tags == null ? pieces(whole, Operation::chunk) : split(tags.take(whole));
    }

    private boolean split(ThinkTags.Split split) {
        return pieces(split.thought(), Operation::reasoning)
                && pieces(split.text(), Operation::chunk);
    }

    private static String thinking(JsonNode content) {
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content) {
            JsonNode thinking = part.path("thinking");
            all.append(thinking.isString() ? thinking.stringValue() : content(thinking));
        }
        return all.toString();
    }

    /** A text, or a list of parts of which some are texts. */
    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.asString("");
        }
        StringBuilder all = new StringBuilder();
        content.forEach(part -> all.append(part.path("text").asString("")));
        return all.toString();
    }

    private boolean refusal(JsonNode said) {
        String refusal = said.path("refusal").asString("");
        refused |= !refusal.isEmpty();
        return pieces(text.take(refusal), Operation::chunk);
    }

    private boolean toolCalls(JsonNode fragments) {
        for (JsonNode fragment : fragments) {
            if (!emit(Operation.toolCall(calls.read(fragment)))) {
                return false;
            }
        }
        return true;
    }

    private boolean logprobs(List<TokenLogprob> tokens) {
        return tokens.isEmpty() || emit(Operation.logprobs(tokens));
    }

    private boolean pieces(String piece, Function<String, Operation> operation) {
        return piece.isEmpty() || emit(operation.apply(piece));
    }

    private boolean emit(Operation operation) {
        return answer.on(operation.withCandidate(index));
    }
}
