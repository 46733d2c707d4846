package dev.bindery.server.openai.responses;

import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.json.JsonText;

/** A call of a function. For one thread. */
final class CallItem implements Item {
    private final String id;
    private final StringBuilder arguments = new StringBuilder();
    private String callId = "";
    private String name = "";

    CallItem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    /** Takes id and name, which come first. */
    void begin(ToolCallDelta first) {
        callId = first.id().orElse(callId);
        name = first.name().orElse(name);
    }

    void add(String more) {
        arguments.append(more);
    }

    String arguments() {
        return arguments.toString();
    }

    @Override
    public void write(String status, JsonText out) {
        out.beginObject().field("id").text(id).field("type").text("function_call");
        out.field("status").text(status).field("call_id").text(callId);
        out.field("name").text(name).field("arguments").text(arguments.toString()).endObject();
    }
}
