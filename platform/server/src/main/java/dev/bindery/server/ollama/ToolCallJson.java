package dev.bindery.server.ollama;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.ToolCallPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.CompactJson;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** Whole tool calls. Their arguments are an object here, not its text. */
final class ToolCallJson {
    private ToolCallJson() {}

    /**
     * @throws Refusal when a model's arguments are no JSON object
     */
    static void write(List<ToolCallPart> calls, JsonText out) {
        out.beginArray();
        for (int i = 0; i < calls.size(); i++) {
            ToolCallPart call = calls.get(i);
            out.beginObject().field("id").text(call.id()).field("function").beginObject();
            out.field("index").number(i).field("name").text(call.name());
            out.field("arguments").value(arguments(call)).endObject().endObject();
        }
        out.endArray();
    }

    private static String arguments(ToolCallPart call) {
        if (call.arguments().isBlank()) {
            return "{}";
        }
        return CompactJson.object(call.arguments())
                .orElseThrow(() ->
                        Refusal.of(
                                502,
                                ErrorCode.UPSTREAM_ERROR.name(),
                                "the model called the tool %s with arguments that are no JSON object"
                                        .formatted(call.name())));
    }
}
