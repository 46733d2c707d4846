package dev.bindery.binding.replay;

import dev.bindery.api.Candidate;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole answers. */
record ResultForm(PartForm parts) {
    ObjectNode write(GenerationResult result) {
        Fields fields =
                new Fields()
                        .node(
                                "candidates",
                                Fields.list(
                                        result.candidates().stream().map(this::write).toList()));
        result.usage().ifPresent(usage -> fields.node("usage", UsageForm.write(usage)));
        return fields.foreign("metadata", result.metadata()).node();
    }

    private ObjectNode write(Candidate candidate) {
        return new Fields()
                .text("finish_reason", candidate.finishReason().name())
                .text("stop_sequence", candidate.stopSequence())
                .node("parts", parts.write(candidate.parts()))
                .node("logprobs", LogprobForm.write(candidate.logprobs()))
                .node();
    }

    GenerationResult generation(JsonNode result) {
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode candidate : result.path("candidates")) {
            candidates.add(
                    Candidate.builder()
                            .parts(parts.read(candidate.path("parts")))
                            .finishReason(
                                    new FinishReason(
                                            Fields.text(candidate, "finish_reason").orElse("stop")))
                            .stopSequence(Fields.text(candidate, "stop_sequence").orElse(null))
                            .logprobs(LogprobForm.read(candidate.path("logprobs")))
                            .build());
        }
        if (candidates.isEmpty()) {
            throw new UnreadableException("result.candidates: found none, expected at least one");
        }
        GenerationResult.Builder read =
                GenerationResult.builder()
                        .candidates(candidates)
                        .metadata(Fields.object(result, "metadata"));
        if (result.has("usage")) {
            read.usage(UsageForm.read(result.path("usage")));
        }
        return read.build();
    }

    static ObjectNode write(EmbeddingResult result) {
        ArrayNode vectors = Json.array();
        for (float[] vector : result.vectors()) {
            ArrayNode numbers = vectors.addArray();
            for (float number : vector) {
                numbers.add(number);
            }
        }
        Fields fields = new Fields().node("vectors", vectors);
        result.usage().ifPresent(usage -> fields.node("usage", UsageForm.write(usage)));
        return fields.node();
    }

    static EmbeddingResult embedding(JsonNode result) {
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode numbers : result.path("vectors")) {
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) numbers.get(i).doubleValue();
            }
            vectors.add(vector);
        }
        EmbeddingResult.Builder read = EmbeddingResult.builder(vectors);
        if (result.has("usage")) {
            read.usage(UsageForm.read(result.path("usage")));
        }
        return read.build();
    }
}
