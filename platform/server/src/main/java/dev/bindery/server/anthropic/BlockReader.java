package dev.bindery.server.anthropic;

import dev.bindery.api.JsonObject;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.server.answer.CacheControl;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content blocks of one conversation. A kind that has no name here goes on as it came.
 * For one thread.
 */
final class BlockReader {
    private final JsonBody bodies;
    private final Map<String, String> called = new HashMap<>();

    BlockReader(JsonBody bodies) {
        this.bodies = bodies;
    }

    Part part(Element element) {
        Fields block = element.object();
        String type = block.requiredText("type");
        Part part =
                switch (type) {
                    case "text" -> TextPart.of(block.requiredText("text"));
                    case "image" -> MediaReader.image(block);
                    case "document" -> MediaReader.document(block);
                    case "tool_use" -> call(block);
                    case "tool_result" -> result(block);
                    case "thinking" -> thought(block);
                    case "redacted_thinking" ->
                            ThoughtSeal.redacted(block.requiredText("data"), bodies);
                    default -> OpaquePart.of(RequestReader.DIALECT, type, element.json());
                };
        return withRest(part.withCacheHint(CacheControl.read(block)), block);
    }

    /** What the contract has no name for goes on beside the part, for who speaks this API. */
    private static Part withRest(Part part, Fields block) {
        boolean whole = part instanceof ReasoningPart || part instanceof OpaquePart;
        JsonObject rest = whole ? JsonObject.EMPTY : block.rest();
        return rest.isEmpty()
                ? part
                : part.withProviderData(JsonObject.of(RequestReader.DIALECT, rest));
    }

    private ReasoningPart thought(Fields block) {
        String signature = block.text("signature");
        return ThoughtSeal.thought(
                block.requiredText("thinking"), signature == null ? "" : signature, bodies);
    }

    private ToolCallPart call(Fields block) {
        String id = block.requiredText("id");
        String name = block.requiredText("name");
        Element input = block.required("input");
        input.object();
        called.put(id, name);
        return ToolCallPart.of(id, name, input.jsonText());
    }

    private ToolResultPart result(Fields block) {
        String id = block.requiredText("tool_use_id");
        return ToolResultPart.of(
                id, called.get(id), resultParts(block.element("content")), block.isSet("is_error"));
    }

    private List<Part> resultParts(@Nullable Element content) {
        if (content == null) {
            return List.of();
        }
        if (content.isText()) {
            return List.of(TextPart.of(content.text()));
        }
        if (!content.isList()) {
            throw content.wrong("a string or a list of content blocks");
        }
        return content.list().stream().map(this::part).toList();
    }
}
