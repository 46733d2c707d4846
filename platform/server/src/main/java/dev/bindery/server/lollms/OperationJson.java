package dev.bindery.server.lollms;

import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import dev.bindery.server.answer.TokenJson;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.OptionalLong;

/** One operation as it is: {@code {"type":0,"name":"ADD_CHUNK","text":"…","metadata":{…}}}. */
final class OperationJson {
    private OperationJson() {}

    static void write(Operation operation, JsonText out) {
        open(operation.type(), operation.text(), operation.metadata(), out);
        operation.toolCall().ifPresent(call -> toolCall(call, out.field("tool_call")));
        operation
                .reasoning()
                .flatMap(ReasoningPart::signature)
                .ifPresent(signature -> out.field("signature").text(signature));
        operation.media().ifPresent(media -> media(media, out.field("media")));
        operation.usage().ifPresent(usage -> usage(usage, out.field("usage")));
        if (!operation.logprobs().isEmpty()) {
            out.field("logprobs").beginArray();
            operation.logprobs().forEach(token -> TokenJson.open(token, out).endObject());
            out.endArray();
        }
        out.endObject();
    }

    /** Opens an operation; its payload may follow. */
    static JsonText open(OperationType type, String text, JsonObject metadata, JsonText out) {
        out.beginObject().field("type").number(type.code()).field("name").text(type.name());
        return out.field("text").text(text).field("metadata").value(metadata.toString());
    }

    private static void toolCall(ToolCallDelta call, JsonText out) {
        out.beginObject().field("index").number(call.index());
        call.id().ifPresent(id -> out.field("id").text(id));
        call.name().ifPresent(name -> out.field("name").text(name));
        out.field("arguments").text(call.argumentsFragment()).endObject();
    }

    private static void media(MediaPart media, JsonText out) {
        out.beginObject();
        media.uri().ifPresent(uri -> out.field("uri").text(uri.toString()));
        media.blob()
                .ifPresent(blob -> {
                    out.field("media_type").text(blob.mediaType());
                    try {
                        byte[] bytes = blob.bytes();
                        out.field("base64").text(Base64.getEncoder().encodeToString(bytes));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        out.endObject();
    }

    static void usage(Usage usage, JsonText out) {
        out.beginObject();
        count("input_tokens", usage.inputTokens(), out);
        count("output_tokens", usage.outputTokens(), out);
        count("reasoning_tokens", usage.reasoningTokens(), out);
        out.endObject();
    }

    private static void count(String name, OptionalLong count, JsonText out) {
        count.ifPresent(known -> out.field(name).number(known));
    }
}
