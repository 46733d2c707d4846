package dev.bindery.server.anthropic;

import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.CompactJson;
import dev.bindery.server.json.JsonText;

/** A whole message. */
final class MessageAnswer {
    private static final String CITATIONS = "citations";

    private MessageAnswer() {}

    /**
     * @throws Refusal when a model's arguments are no JSON object
     */
    static byte[] of(MessageHead head, Candidate answer, Usage usage) {
        JsonText out = new JsonText();
        head.open(out).field("content").beginArray();
        answer.parts().forEach(part -> write(part, out));
        out.endArray();
        StopReasons.write(answer, out);
        UsageJson.write(usage, out.field("usage"));
        return out.endObject().toBytes();
    }

    private static void write(Part part, JsonText out) {
        switch (part) {
            case TextPart text -> text(text, out);
            case ReasoningPart thought -> thought(thought, out);
            case ToolCallPart call -> call(call, out);
            case OpaquePart own when own.dialect().equals(RequestReader.DIALECT) ->
                    out.value(own.content().toString());
            default -> {}
        }
    }

    private static void text(TextPart part, JsonText out) {
        out.beginObject().field("type").text("text");
        out.field("text").text(part.text());
        part.providerData()
                .object(RequestReader.DIALECT)
                .field(CITATIONS)
                .ifPresent(cited -> out.field(CITATIONS).value(cited.toString()));
        out.endObject();
    }

    private static void thought(ReasoningPart part, JsonText out) {
        if (part.redacted()) {
            Blocks.redacted(part, out);
            return;
        }
        out.beginObject().field("type").text("thinking").field("thinking").text(part.text());
        out.field("signature").text(ThoughtSeal.signature(part)).endObject();
    }

    private static void call(ToolCallPart part, JsonText out) {
        Blocks.openCall(part.id(), part.name(), out).value(arguments(part)).endObject();
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
