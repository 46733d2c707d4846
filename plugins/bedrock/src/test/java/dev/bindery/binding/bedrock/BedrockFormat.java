package dev.bindery.binding.bedrock;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.Json;
import dev.bindery.testkit.upstream.EventStream;
import dev.bindery.testkit.upstream.HttpAnswer;
import dev.bindery.testkit.upstream.HttpAsked;
import dev.bindery.testkit.upstream.Script;
import dev.bindery.testkit.upstream.WireFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Bedrock words conversations, embeddings, models and exceptions. */
final class BedrockFormat implements WireFormat {
    private static final String MODELS =
            """
            {"modelSummaries":[
             {"modelId":"amazon.mock-v1:0","inputModalities":["TEXT","IMAGE"],"outputModalities":["TEXT"],
              "inferenceTypesSupported":["ON_DEMAND"],"responseStreamingSupported":true},
             {"modelId":"amazon.titan-embed-mock","inputModalities":["TEXT"],"outputModalities":["EMBEDDING"],
              "inferenceTypesSupported":["ON_DEMAND"]}]}\
            """;

    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        if (request.path().equals("/foundation-models")) {
            return Optional.of(HttpAnswer.json(MODELS));
        }
        if (request.path().startsWith("/inference-profiles")) {
            return Optional.of(HttpAnswer.json("{\"inferenceProfileSummaries\":[]}"));
        }
        return request.path().endsWith("/invoke")
                ? Optional.of(
                        HttpAnswer.json(
                                "{\"embedding\":[0.5,-0.25,0.125],\"inputTextTokenCount\":3}"))
                : Optional.empty();
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return request.path().endsWith("/converse-stream");
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        ObjectNode body = Json.object();
        ArrayNode content = body.putObject("output").putObject("message").putArray("content");
        if (!script.reasoning().isEmpty()) {
            content.addObject()
                    .putObject("reasoningContent")
                    .putObject("reasoningText")
                    .put("text", script.reasoning())
                    .put("signature", "c2ln");
        }
        if (!script.text().isEmpty()) {
            content.addObject().put("text", script.text());
        }
        for (ToolCallPart call : script.toolCalls()) {
            use(content.addObject(), call).set("input", Json.parse(call.arguments()));
        }
        body.put("stopReason", reason(script));
        body.set("usage", usage(script));
        return HttpAnswer.json(body.toString());
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream events = EventStream.raw(Frames.TYPE);
        events.opening(new Frames().start().bytes());
        int index = 0;
        if (!script.reasoning().isEmpty()) {
            events.opening(delta(index, thought("text", script.reasoning())));
            events.opening(delta(index, thought("signature", "c2ln")));
            events.opening(new Frames().stop(index++).bytes());
        }
        for (String piece : script.pieces()) {
            events.piece(delta(index, Json.object().put("text", piece)));
        }
        events.closing(new Frames().stop(index++).bytes());
        for (ToolCallPart call : script.toolCalls()) {
            events.closing(new Frames().call(index, call.id(), call.name()).bytes());
            ObjectNode input = Json.object();
            input.putObject("toolUse").put("input", call.arguments());
            events.closing(delta(index, input));
            events.closing(new Frames().stop(index++).bytes());
        }
        ObjectNode counts = Json.object();
        counts.set("usage", usage(script));
        return events.closing(event("messageStop", Json.object().put("stopReason", reason(script))))
                .closing(event("metadata", counts));
    }

    private static byte[] delta(int index, ObjectNode delta) {
        ObjectNode data = Json.object().put("contentBlockIndex", index);
        data.set("delta", delta);
        return event("contentBlockDelta", data);
    }

    private static byte[] event(String type, ObjectNode data) {
        return new Frames().exactly(type, data.toString()).bytes();
    }

    private static ObjectNode thought(String field, String value) {
        ObjectNode delta = Json.object();
        delta.putObject("reasoningContent").put(field, value);
        return delta;
    }

    private static ObjectNode use(ObjectNode block, ToolCallPart call) {
        return block.putObject("toolUse").put("toolUseId", call.id()).put("name", call.name());
    }

    private static String reason(Script script) {
        return switch (script.finishReason().name()) {
            case "stop" -> "end_turn";
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            case "content_filter" -> "content_filtered";
            default -> script.finishReason().name();
        };
    }

    private static ObjectNode usage(Script script) {
        return Json.object()
                .put("inputTokens", script.usage().inputTokens().orElseThrow())
                .put("outputTokens", script.usage().outputTokens().orElseThrow());
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> exception(400, "ValidationException", message);
            case "CONTEXT_LENGTH_EXCEEDED" ->
                    exception(400, "ValidationException", "Input is too long: " + message);
            case "MODEL_NOT_FOUND" -> exception(404, "ResourceNotFoundException", message);
            case "RATE_LIMITED" -> exception(429, "ThrottlingException", message);
            case "OVERLOADED" -> exception(429, "ModelNotReadyException", message);
            case "UPSTREAM_AUTHENTICATION" -> exception(403, "AccessDeniedException", message);
            case "UPSTREAM_ERROR" -> exception(500, "InternalServerException", message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> exception(int status, String type, String message) {
        return Optional.of(
                HttpAnswer.json(status, Json.object().put("message", message).toString())
                        .withHeader("x-amzn-ErrorType", type));
    }

    @Override
    public Optional<byte[]> failure(String message) {
        return Optional.of(new Frames().exception("internalServerException", message).bytes());
    }

    @Override
    public List<byte[]> noise() {
        return List.of(new Frames().event("sparkle", "{'of':'a later version'}").bytes());
    }
}
