package dev.bindery.binding.gemini;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.TokenLogprob;
import dev.bindery.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns what comes for one candidate into operations and parts, and remembers how it ended. */
final class CandidateReader {
    private final int index;
    private final Answer answer;
    private final PartReader parts;
    private @Nullable FinishReason reason;

    CandidateReader(int index, Answer answer) {
        this.index = index;
        this.answer = answer;
        this.parts = new PartReader(operation -> answer.on(operation.withCandidate(index)));
    }

    /**
     * Takes a candidate, whole or a piece of it.
     *
     * @return whether to go on
     */
    boolean take(JsonNode candidate) {
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (!parts.take(part)) {
                return false;
            }
        }
        return logprobs(Logprobs.of(candidate.path("logprobsResult"))) && finish(candidate);
    }

    boolean isFinished() {
        return reason != null;
    }

    /** Hands on what was held back, when no more will come. */
    boolean flush() {
        return parts.flush();
    }

    /**
     * The candidate as it stands.
     *
     * @param otherwise why it ended, when Gemini did not say
     */
    Candidate candidate(FinishReason otherwise) {
        FinishReason given = reason == null ? otherwise : reason;
        boolean called = given.equals(FinishReason.STOP) && parts.hasCalls();
        return Candidate.builder()
                .parts(parts.all())
                .logprobs(answer.logprobs(index))
                .finishReason(called ? FinishReason.TOOL_CALLS : given)
                .build();
    }

    private boolean finish(JsonNode candidate) {
        String name = Json.text(candidate, "finishReason");
        if (name.isEmpty()) {
            return true;
        }
        if (FinishReasons.isFailure(name)) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "the model called a tool in a way that cannot be followed: %s %s"
                            .formatted(name, Json.text(candidate, "finishMessage"))
                            .strip());
        }
        reason = FinishReasons.of(name);
        return flush();
    }

    private boolean logprobs(List<TokenLogprob> tokens) {
        return tokens.isEmpty() || answer.on(Operation.logprobs(tokens).withCandidate(index));
    }
}
