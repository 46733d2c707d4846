package dev.bindery.openai;

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
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** One answer while it comes: its candidates, its token counts, and what is said about it. */
final class Choices {
    private static final System.Logger LOG = System.getLogger(Choices.class.getName());
    private static final List<String> METADATA =
            List.of("id", "model", "system_fingerprint", "service_tier");

    private final Answer answer;
    private final List<String> beside;
    private final Optional<JsonPointer> cost;
    private final Map<String, JsonNode> told = new LinkedHashMap<>();
    private final List<ChoiceReader> readers = new ArrayList<>();
    private JsonObject metadata = JsonObject.EMPTY;
    private boolean begun;

    /**
     * @param wanted how many candidates were asked for
     */
    Choices(Provider provider, int wanted, GenerationCallback callback) {
        beside = provider.metadata();
        cost = provider.cost().map(JsonPointer::compile);
        answer = new Answer(callback);
        for (int i = 0; i < wanted; i++) {
            readers.add(new ChoiceReader(i, answer, provider.thinkTags()));
        }
    }

    /**
     * Takes a whole answer, or one event of a stream.
     *
     * @return whether to go on
     */
    boolean take(JsonNode body) {
        describe(body);
        for (JsonNode choice : body.path("choices")) {
            begun = true;
            if (!reader(choice.path("index").asInt(0)).take(choice)) {
                return false;
            }
        }
        return Usages.in(body).map(usage -> answer.on(Operation.usage(usage))).orElse(true);
    }

    /** Whether anything of any candidate has come. */
    boolean begun() {
        return begun;
    }

    /** Whether the server has said of every candidate why it ended. */
    boolean finished() {
        return readers.stream().allMatch(ChoiceReader::isFinished);
    }

    Optional<Usage> usage() {
        return answer.usage();
    }

    /** The answer, which is complete. */
    GenerationResult complete() {
        boolean all = readers.stream().allMatch(ChoiceReader::flush);
        return result(all ? FinishReason.STOP : FinishReason.CANCELLED);
    }

    /** The answer as far as it came before it was stopped. */
    GenerationResult stopped() {
        return result(FinishReason.CANCELLED);
    }

    private GenerationResult result(FinishReason otherwise) {
        List<Candidate> candidates =
                readers.stream().map(reader -> reader.candidate(otherwise)).toList();
        return GenerationResult.builder()
                .candidates(candidates)
                .usage(answer.usage().orElse(null))
                .metadata(metadata())
                .build();
    }

    private ChoiceReader reader(int index) {
        if (index < 0 || index >= readers.size()) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "the provider sends a choice of index %d where %d were asked for"
                            .formatted(index, readers.size()));
        }
        return readers.get(index);
    }

    /** What the provider tells beside its answer; of what it repeats, the last. */
    private JsonObject metadata() {
        JsonObject all = metadata;
        for (Map.Entry<String, JsonNode> one : told.entrySet()) {
            try {
                all = all.with(one.getKey(), Json.value(one.getValue()));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.DEBUG, "left out, being too much: " + one.getKey(), e);
            }
        }
        return all;
    }

    private void describe(JsonNode body) {
        for (String name : beside) {
            tell(name, body.path(name));
        }
        cost.ifPresent(place -> tell("cost", body.at(place)));
        for (String name : METADATA) {
            JsonNode value = body.path(name);
            if (value.isString() && metadata.field(name).isEmpty()) {
                metadata = metadata.with(name, value.stringValue());
            }
        }
    }

    private void tell(String name, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            told.put(name, value);
        }
    }
}
