package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.http.Json;
import dev.bindery.http.Reply;
import dev.bindery.http.SseEvent;
import dev.bindery.http.SseReader;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;

/** One chat: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class ChatCall {
    private final Upstream upstream;
    private final CohereOptions options;
    private final GenerationRequest request;
    private final ChatAnswer answer;

    ChatCall(
            Upstream upstream,
            CohereOptions options,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.options = options;
        this.request = request;
        this.answer = new ChatAnswer(callback);
    }

    GenerationResult run() {
        UpstreamRequest post =
                UpstreamRequest.post("v2/chat", new ChatBody(options).of(request))
                        .on(request)
                        .build();
        try (Reply reply = upstream.send(post)) {
            return isStream(reply) ? stream(reply) : whole(reply.json());
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && answer.begun()) {
                return answer.stopped();
            }
            throw e.withUsage(answer.usage().orElse(null));
        }
    }

    /** What was asked for, unless the server says that it is the other. */
    private boolean isStream(Reply reply) {
        return reply.isOfEvents(request.streaming());
    }

    private GenerationResult whole(JsonNode body) {
        JsonNode message = body.path("message");
        if (!message.isObject()) {
            throw body.has("message")
                    ? upstream.error(body).build()
                    : upstream.broken("answered without a message");
        }
        answer.metadata().id(body);
        message.path("citations").forEach(answer.metadata()::citation);
        boolean goOn = thoughtsAndText(message);
        for (JsonNode call : message.path("tool_calls")) {
            goOn = goOn && answer.callBegins(call);
        }
        for (JsonNode item : body.path("logprobs")) {
            goOn = goOn && answer.logprobs(item);
        }
        if (!goOn || !answer.end(body)) {
            return answer.stopped();
        }
        return complete();
    }

    /** Content is a list of blocks, or a plain text. */
    private boolean thoughtsAndText(JsonNode message) {
        JsonNode content = message.path("content");
        boolean goOn = answer.plan(Json.text(message, "tool_plan"));
        if (content.isString()) {
            return goOn && answer.content(Json.object().set("text", content));
        }
        for (JsonNode block : content) {
            goOn = goOn && answer.content(block);
        }
        return goOn;
    }

    private GenerationResult stream(Reply reply) {
        SseReader events = reply.events();
        SseEvent event = events.next();
        while (event != null && !isLast(event)) {
            if (!take(upstream.parse(event.data()))) {
                return answer.stopped();
            }
            event = answer.finished() ? null : events.next();
        }
        reply.finished();
        return complete();
    }

    /** Cohere sends no such mark; proxies that speak OpenAI's API do. */
    private static boolean isLast(SseEvent event) {
        return event.data().strip().equals("[DONE]");
    }

    private GenerationResult complete() {
        if (!answer.finished()) {
            throw upstream.broken(
                    answer.begun()
                            ? "ended its answer in the middle"
                            : "ended its stream without an answer");
        }
        return answer.complete();
    }

    /** One event; those of unknown types mean nothing yet. */
    private boolean take(JsonNode event) {
        JsonNode message = event.path("delta").path("message");
        return switch (Json.text(event, "type")) {
            case "message-start" -> {
                answer.metadata().id(event);
                yield true;
            }
            case "content-start" -> answer.content(message.path("content"));
            case "content-delta" ->
                    answer.content(message.path("content"))
                            && answer.logprobs(event.path("logprobs"));
            case "tool-plan-delta" -> answer.plan(Json.text(message, "tool_plan"));
            case "tool-call-start" -> answer.callBegins(message.path("tool_calls"));
            case "tool-call-delta" -> answer.callGoesOn(message.path("tool_calls"));
            case "citation-start" -> {
                answer.metadata().citation(message.path("citations"));
                yield true;
            }
            case "message-end" -> answer.end(event.path("delta"));
            default -> refuseError(event);
        };
    }

    /** An error has no type; what has one and is unknown means nothing yet. */
    private boolean refuseError(JsonNode event) {
        boolean untyped = !event.has("type") || Json.text(event, "type").equals("error");
        if (untyped && (event.path("message").isString() || event.has("error"))) {
            throw upstream.error(event).build();
        }
        return true;
    }
}
