package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;

/** One generation: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class ConverseCall {
    private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

    private final Upstream upstream;
    private final BedrockSettings settings;
    private final GenerationRequest request;
    private final IncomingMessage message;

    ConverseCall(
            Upstream upstream,
            BedrockSettings settings,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.settings = settings;
        this.request = request;
        this.message = new IncomingMessage(callback);
    }

    GenerationResult run() {
        boolean streaming = request.streaming();
        String path = ModelPath.of(request.model(), streaming ? "converse-stream" : "converse");
        UpstreamRequest post =
                UpstreamRequest.post(path, new ConverseBody(settings, request).write())
                        .on(request)
                        .encoded(true)
                        .header("Accept", streaming ? EVENT_STREAM : "application/json")
                        .build();
        try (Reply reply = upstream.send(post)) {
            return streaming ? stream(reply) : whole(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && message.begun()) {
                return message.stopped();
            }
            throw e.withUsage(message.usage().orElse(null));
        }
    }

    private GenerationResult whole(Reply reply) {
        JsonNode body = reply.json();
        if (!body.path("output").isObject()) {
            throw upstream.broken("answered something that is no message (is base_url right?)");
        }
        return message.whole(body) ? message.complete() : message.stopped();
    }

    private GenerationResult stream(Reply reply) {
        if (!reply.isOfType(EVENT_STREAM)) {
            throw upstream.broken("answered without an event stream (is base_url right?)");
        }
        EventFrames frames = new EventFrames(upstream, reply.bytes());
        for (var event = frames.next(); event != null; event = frames.next()) {
            if (!message.event(event.type(), event.data())) {
                return message.stopped();
            }
        }
        if (!message.ended()) {
            throw upstream.broken("ended its stream in the middle of the answer");
        }
        reply.finished();
        return message.complete();
    }
}
