package dev.bindery.binding.gemini;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One answer while it comes: its candidates, its token counts, and what is said about it. */
final class Candidates {
    private static final List<String> OF_ANSWER = List.of("responseId", "modelVersion");
    private static final List<String> OF_FIRST =
            List.of(
                    "groundingMetadata",
                    "citationMetadata",
                    "urlContextMetadata",
                    "safetyRatings",
                    "finishMessage");

    private final int wanted;
    private final Answer answer;
    private final List<CandidateReader> readers = new ArrayList<>();
    private JsonObject metadata = JsonObject.EMPTY;
    private JsonNode counts = MissingNode.getInstance();

    /**
     * @param wanted how many candidates were asked for
     */
    Candidates(int wanted, GenerationCallback callback) {
        this.wanted = wanted;
        this.answer = new Answer(callback);
    }

    /**
     * Takes a whole answer, or one event of a stream.
     *
     * @return whether to go on
     */
    boolean take(JsonNode body) {
        boolean counted = usage(body.path("usageMetadata"));
        refuseBlocked(body.path("promptFeedback"));
        describe(body, OF_ANSWER);
        describe(body.path("candidates").path(0), OF_FIRST);
        for (JsonNode candidate : body.path("candidates")) {
            if (!counted || !reader(candidate.path("index").asInt(0)).take(candidate)) {
                return false;
            }
        }
        return counted;
    }

    /** Whether anything of any candidate has come. */
    boolean begun() {
        return !readers.isEmpty();
    }

    /** Whether Gemini has said of every candidate why it ended. */
    boolean finished() {
        return begun() && readers.stream().allMatch(CandidateReader::isFinished);
    }

    Optional<Usage> usage() {
        return answer.usage();
    }

    /** The answer, which is complete. */
    GenerationResult complete() {
        boolean all = readers.stream().allMatch(CandidateReader::flush);
        return result(all ? FinishReason.STOP : FinishReason.CANCELLED);
    }

    /** The answer as far as it came before it was stopped. */
    GenerationResult stopped() {
        return result(FinishReason.CANCELLED);
    }

    private GenerationResult result(FinishReason otherwise) {
        List<Candidate> candidates =
                readers.isEmpty()
                        ? List.of(Candidate.of("", otherwise))
                        : readers.stream().map(one -> one.candidate(otherwise)).toList();
        return GenerationResult.builder()
                .candidates(candidates)
                .usage(answer.usage().orElse(null))
                .metadata(metadata)
                .build();
    }

    /** Every event of a stream repeats the counts; they are told when they change. */
    private boolean usage(JsonNode now) {
        if (!now.isObject() || now.isEmpty() || now.equals(counts)) {
            return true;
        }
        counts = now;
        return answer.on(Operation.usage(Usages.of(now)));
    }

    private static void refuseBlocked(JsonNode feedback) {
        String reason = Json.text(feedback, "blockReason");
        if (!reason.isEmpty() && !reason.equals("BLOCKED_REASON_UNSPECIFIED")) {
            throw new BindingException(
                    ErrorCode.CONTENT_FILTERED,
                    "Gemini refuses the prompt: %s %s"
                            .formatted(reason, Json.text(feedback, "blockReasonMessage"))
                            .strip());
        }
    }

    private CandidateReader reader(int index) {
        if (index < 0 || index >= wanted) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "Gemini sends a candidate of index %d where %d were asked for"
                            .formatted(index, wanted));
        }
        while (readers.size() <= index) {
            readers.add(new CandidateReader(readers.size(), answer));
        }
        return readers.get(index);
    }

    private void describe(JsonNode from, List<String> names) {
        for (String name : names) {
            if (!from.path(name).isMissingNode() && !from.path(name).isNull()) {
                describe(name, from.path(name));
            }
        }
    }

    private void describe(String name, JsonNode value) {
        try {
            metadata = metadata.with(name, Json.value(value));
        } catch (IllegalArgumentException _) {
            // More than the contract carries: left out, since the answer is none the worse.
        }
    }
}
