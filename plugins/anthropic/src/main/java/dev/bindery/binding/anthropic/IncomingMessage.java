package dev.bindery.binding.anthropic;

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
import dev.bindery.http.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One answer while it comes, whole or event by event. For one thread. */
final class IncomingMessage {
    private static final List<String> DESCRIPTION = List.of("id", "model", "stop_reason");

    private final Upstream upstream;
    private final Answer answer;
    private final Map<Integer, Block> blocks = new TreeMap<>();
    private final UsageCount counts = new UsageCount();
    private JsonObject metadata = JsonObject.EMPTY;
    private @Nullable FinishReason reason;
    private @Nullable String stopSequence;
    private boolean begun;
    private int calls;

    IncomingMessage(Upstream upstream, GenerationCallback callback) {
        this.upstream = upstream;
        this.answer = new Answer(callback);
    }

    /**
     * Takes a message that is not streamed.
     *
     * @return whether all of it was wanted
     */
    boolean whole(JsonNode message) {
        if (!message.path("content").isArray()) {
            throw upstream.broken("answered something that is no message (is base_url right?)");
        }
        boolean goOn = start(message);
        int index = 0;
        for (JsonNode block : message.path("content")) {
            goOn = goOn && begin(index, block) && block(index).end();
            index++;
        }
        return goOn && end(message, message);
    }

    /**
     * Takes an event of a stream; one of a type that is not known says nothing.
     *
     * @return whether to go on
     */
    boolean event(JsonNode event) {
        int index = event.path("index").asInt(0);
        return switch (Json.text(event, "type")) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> begin(index, event.path("content_block"));
            case "content_block_delta" -> block(index).delta(event.path("delta"));
            case "content_block_stop" -> block(index).end();
            case "message_delta" -> end(event.path("delta"), event);
            default -> true;
        };
    }

    /** Whether anything of the message has come. */
    boolean begun() {
        return begun;
    }

    /** Whether the provider has said why the message ended. */
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

    private boolean start(JsonNode message) {
        begun = true;
        describe(message);
        return count(message);
    }

    private boolean begin(int index, JsonNode content) {
        if (!content.isObject()) {
            throw upstream.broken("began a content block that is none");
        }
        begun = true;
        Block block =
                switch (Json.text(content, "type")) {
                    case "text" -> new TextBlock(answer, about(index));
                    case "thinking" -> new ThinkingBlock(answer);
                    case "redacted_thinking" -> new RedactedBlock(answer);
                    case "tool_use" -> new CallBlock(answer, calls++);
                    default -> new OtherBlock(answer);
                };
        blocks.put(index, block);
        return block.begin(content);
    }

    /** Two texts in a row are told apart by the number of the second. */
    private JsonObject about(int index) {
        boolean afterText = blocks.get(index - 1) instanceof TextBlock;
        return afterText ? JsonObject.of("part", index) : JsonObject.EMPTY;
    }

    private Block block(int index) {
        Block block = blocks.get(index);
        if (block == null) {
            throw upstream.broken(
                    "went on with content block %d, which had not begun".formatted(index));
        }
        return block;
    }

    /**
     * @param said what tells the reason
     * @param counted what has the token counts
     */
    private boolean end(JsonNode said, JsonNode counted) {
        describe(said);
        String name = Json.text(said, "stop_reason");
        if (!name.isEmpty()) {
            reason = StopReasons.of(name);
            String sequence = Json.text(said, "stop_sequence");
            stopSequence = sequence.isEmpty() ? null : sequence;
        }
        return count(counted);
    }

    private void describe(JsonNode message) {
        for (String name : DESCRIPTION) {
            String value = Json.text(message, name);
            metadata = value.isEmpty() ? metadata : metadata.with(name, value);
        }
        if (message.path("stop_details").isObject()) {
            metadata = metadata.with("stop_details", Json.value(message.path("stop_details")));
        }
    }

    private boolean count(JsonNode counted) {
        JsonNode usage = counted.path("usage");
        counts.take(usage);
        return !usage.isObject() || answer.on(Operation.usage(counts.usage()));
    }

    private GenerationResult result(FinishReason ended) {
        List<Part> parts =
                blocks.values().stream().map(Block::part).flatMap(Optional::stream).toList();
        Candidate candidate =
                Candidate.builder()
                        .parts(parts)
                        .finishReason(ended)
                        .stopSequence(stopSequence)
                        .build();
        return GenerationResult.builder()
                .candidates(List.of(candidate))
                .usage(answer.usage().orElse(null))
                .metadata(metadata)
                .build();
    }
}
