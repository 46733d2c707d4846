package dev.bindery.server.openai;

import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.server.json.JsonText;

/** Tool calls, whole and in fragments. */
final class ToolCallJson {
    private ToolCallJson() {}

    static void whole(ToolCallPart call, JsonText out) {
        out.beginObject().field("id").text(call.id()).field("type").text("function");
        out.field("function").beginObject().field("name").text(call.name());
        out.field("arguments").text(call.arguments()).endObject().endObject();
    }

    /** Id, type and name stand in the first fragment of a call alone. */
    static void fragment(ToolCallDelta call, JsonText out) {
        out.beginObject().field("index").number(call.index());
        call.id().ifPresent(id -> out.field("id").text(id).field("type").text("function"));
        out.field("function").beginObject();
        call.name().ifPresent(name -> out.field("name").text(name));
        out.field("arguments").text(call.argumentsFragment()).endObject().endObject();
    }
}
