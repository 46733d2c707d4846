package dev.bindery.binding.replay;

import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.http.Json;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations as they came, each with its milliseconds since the beginning. */
record OperationForm(PartForm parts) {
    ObjectNode write(Operation operation, long atMs) {
        Fields fields = new Fields().node("at_ms", Json.object().put("n", atMs).get("n"));
        fields.text("type", operation.type().name());
        if (!OperationType.known().contains(operation.type())) {
            fields.node().put("code", operation.type().code());
        }
        if (!operation.text().isEmpty()) {
            fields.text("text", operation.text());
        }
        if (operation.candidate() > 0) {
            fields.node().put("candidate", operation.candidate());
        }
        operation.toolCall().ifPresent(delta -> fields.node("tool_call", write(delta)));
        operation
                .reasoning()
                .ifPresent(thought -> fields.node("thought", parts.write(List.of(thought)).get(0)));
        operation
                .media()
                .ifPresent(media -> fields.node("media", parts.write(List.of(media)).get(0)));
        operation.usage().ifPresent(usage -> fields.node("usage", UsageForm.write(usage)));
        return fields.node("logprobs", LogprobForm.write(operation.logprobs()))
                .foreign("metadata", operation.metadata())
                .node();
    }

    private static ObjectNode write(ToolCallDelta delta) {
        ObjectNode call = Json.object().put("index", delta.index());
        delta.id().ifPresent(id -> call.put("id", id));
        delta.name().ifPresent(name -> call.put("name", name));
        if (!delta.providerData().isEmpty()) {
            call.set("provider_data", Json.node(delta.providerData()));
        }
        return call.put("arguments", delta.argumentsFragment());
    }

    Operation read(JsonNode operation) {
        return payload(operation)
                .withCandidate(operation.path("candidate").intValue(0))
                .withMetadata(Fields.object(operation, "metadata"));
    }

    private Operation payload(JsonNode operation) {
        if (operation.has("tool_call")) {
            JsonNode call = operation.path("tool_call");
            return Operation.toolCall(
                    ToolCallDelta.of(
                                    call.path("index").intValue(0),
                                    Fields.text(call, "id").orElse(null),
                                    Fields.text(call, "name").orElse(null),
                                    Json.text(call, "arguments"))
                            .withProviderData(Fields.object(call, "provider_data")));
        }
        if (operation.has("thought")) {
            return Operation.reasoning(
                    (ReasoningPart) parts.read(Json.array().add(operation.path("thought"))).get(0));
        }
        if (operation.has("media")) {
            return Operation.media(
                    (MediaPart) parts.read(Json.array().add(operation.path("media"))).get(0));
        }
        if (operation.has("usage")) {
            return Operation.usage(UsageForm.read(operation.path("usage")));
        }
        if (operation.has("logprobs")) {
            return Operation.logprobs(LogprobForm.read(operation.path("logprobs")));
        }
        return Operation.of(type(operation), Json.text(operation, "text"));
    }

    private static OperationType type(JsonNode operation) {
        String name = Json.text(operation, "type");
        if (operation.has("code")) {
            return new OperationType(operation.path("code").intValue(0), name);
        }
        return OperationType.known().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UnreadableException(
                                "operations: found the type '%s', expected one of %s, or a code beside it"
                                        .formatted(
                                                name,
                                                Arrays.toString(
                                                        OperationType.known().stream()
                                                                .map(OperationType::name)
                                                                .toArray()))));
    }
}
