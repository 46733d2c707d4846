package dev.bindery.binding.bedrock;

import dev.bindery.fixture.MockProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Event streams as Bedrock sends them; quotes are written as apostrophes. */
final class Frames {
    static final String TYPE = "application/vnd.amazon.eventstream";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A whole stream that says Hello. */
    static Frames hello() {
        return new Frames().start().text(0, "Hel").text(0, "lo").stop(0).end("end_turn");
    }

    Frames start() {
        return event("messageStart", "{'role':'assistant'}");
    }

    Frames text(int index, String text) {
        return delta(index, "{'text':'%s'}".formatted(text));
    }

    Frames delta(int index, String delta) {
        return event(
                "contentBlockDelta",
                "{'contentBlockIndex':%d,'delta':%s,'p':'abcd'}".formatted(index, delta));
    }

    Frames call(int index, String id, String name) {
        return event(
                "contentBlockStart",
                "{'contentBlockIndex':%d,'start':{'toolUse':{'toolUseId':'%s','name':'%s'}}}"
                        .formatted(index, id, name));
    }

    Frames stop(int index) {
        return event("contentBlockStop", "{'contentBlockIndex':%d}".formatted(index));
    }

    Frames end(String reason) {
        return event("messageStop", "{'stopReason':'%s'}".formatted(reason))
                .event(
                        "metadata",
                        "{'usage':{'inputTokens':7,'outputTokens':42,'totalTokens':169,'cacheReadInputTokens':100,'cacheWriteInputTokens':20},'metrics':{'latencyMs':5}}");
    }

    Frames event(String type, String json) {
        return frame(Map.of(":message-type", "event", ":event-type", type), json);
    }

    /** An event whose JSON is sent as it is, apostrophes and all. */
    Frames exactly(String type, String json) {
        return encoded(Map.of(":message-type", "event", ":event-type", type), json);
    }

    Frames exception(String type, String message) {
        return frame(
                Map.of(":message-type", "exception", ":exception-type", type),
                "{'message':'%s'}".formatted(message));
    }

    Frames frame(Map<String, String> headers, String json) {
        return encoded(headers, MockProvider.quoted(json));
    }

    private Frames encoded(Map<String, String> headers, String json) {
        Map<String, HeaderValue> values = new LinkedHashMap<>();
        values.put(":content-type", HeaderValue.fromString("application/json"));
        headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        new Message(values, payload).encode(bytes);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
