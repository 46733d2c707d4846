package dev.bindery.binding.bedrock;

import dev.bindery.api.Answer;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One answer while it comes, whole or event by event. For one thread. */
final class IncomingMessage {
    private final Answer answer;
    private final Map<Integer, Block> blocks = new TreeMap<>();
    private JsonObject metadata = JsonObject.EMPTY;
    private @Nullable FinishReason reason;
    private boolean begun;
    private int calls;

    IncomingMessage(GenerationCallback callback) {
        this.answer = new Answer(callback);
    }

    /**
     * Takes an answer that is not streamed.
     *
     * @return whether all of it was wanted
     */
    boolean whole(JsonNode body) {
        begun = true;
        boolean goOn = true;
        int index = 0;
        for (JsonNode content : body.path("output").path("message").path("content")) {
            goOn = goOn && content(index++, content);
        }
        return goOn && stop(body) && count(body);
    }

    /**
     * Takes an event of a stream; one of a type that is not known says nothing.
     *
     * @return whether to go on
     */
    boolean event(String type, JsonNode data) {
        begun = true;
        int index = data.path("contentBlockIndex").asInt(0);
        return switch (type) {
            case "contentBlockStart" -> start(index, data.path("start"));
            case "contentBlockDelta" -> block(index).delta(data.path("delta"));
            case "contentBlockStop" -> block(index).end();
            case "messageStop" -> stop(data);
            case "metadata" -> count(data);
            default -> true;
        };
    }

    /** Whether anything of the answer has come. */
    boolean begun() {
        return begun;
    }

    /** Whether the model has said why the answer ended. */
    boolean ended() {
        return reason != null;
    }

    Optional<Usage> usage() {
        return answer.usage();
    }

    GenerationResult complete() {
        return result(Optional.ofNullable(reason).orElse(FinishReason.STOP));
    }

    /** The answer as far as it came before it was stopped. */
    GenerationResult stopped() {
        return result(FinishReason.CANCELLED);
    }

    /** A whole block says in one what a stream says in events. */
    private boolean content(int index, JsonNode content) {
        JsonNode use = content.path("toolUse");
        if (use.isObject()) {
            JsonNode input = use.path("input");
            String arguments = input.isObject() && !input.isEmpty() ? input.toString() : "";
            return start(index, content)
                    && delta(index, "toolUse", "input", arguments)
                    && block(index).end();
        }
        JsonNode reasoning = content.path("reasoningContent");
        if (reasoning.isObject()) {
            ObjectNode said = Json.object();
            JsonNode text = reasoning.path("reasoningText");
            said.putObject("reasoningContent")
                    .put("text", Json.text(text, "text"))
                    .put("signature", Json.text(text, "signature"))
                    .put(BlockWriter.REDACTED, Json.text(reasoning, BlockWriter.REDACTED));
            return block(index).delta(said) && block(index).end();
        }
        for (JsonNode cited : content.path("citationsContent").path("content")) {
            if (!block(index).delta(cited)) {
                return false;
            }
        }
        return block(index).delta(content) && block(index).end();
    }

    private boolean delta(int index, String kind, String field, String value) {
        ObjectNode delta = Json.object();
        delta.putObject(kind).put(field, value);
        return block(index).delta(delta);
    }

    private boolean start(int index, JsonNode start) {
        JsonNode use = start.path("toolUse");
        return !use.isObject() || block(index).call(calls++, use);
    }

    private Block block(int index) {
        return blocks.computeIfAbsent(index, _ -> new Block(answer));
    }

    private boolean stop(JsonNode said) {
        String name = Json.text(said, "stopReason");
        if (!name.isEmpty()) {
            reason = StopReasons.of(name);
            metadata = metadata.with("stop_reason", name);
        }
        return true;
    }

    /** What passed the cache is counted apart; in the contract it is part of the input. */
    private boolean count(JsonNode said) {
        JsonNode usage = said.path("usage");
        Long input = number(usage, "inputTokens");
        Long read = number(usage, "cacheReadInputTokens");
        Long written = number(usage, "cacheWriteInputTokens");
        Usage counts =
                Usage.builder()
                        .inputTokens(
                                input == null
                                        ? null
                                        : Long.valueOf(input + orZero(read) + orZero(written)))
                        .cacheReadTokens(read)
                        .cacheWriteTokens(written)
                        .outputTokens(number(usage, "outputTokens"))
                        .build();
        return !usage.isObject() || answer.on(Operation.usage(counts));
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static @Nullable Long number(JsonNode usage, String name) {
        JsonNode count = usage.path(name);
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : null;
    }

    private GenerationResult result(FinishReason ended) {
        List<Part> parts =
                blocks.values().stream().map(Block::part).flatMap(Optional::stream).toList();
        return GenerationResult.builder()
                .candidates(List.of(Candidate.builder().parts(parts).finishReason(ended).build()))
                .usage(answer.usage().orElse(null))
                .metadata(metadata)
                .build();
    }
}
