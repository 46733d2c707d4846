package dev.bindery.binding.anthropic;

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

/** One generation: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class MessageCall {
    private final Upstream upstream;
    private final AnthropicSettings settings;
    private final GenerationRequest request;
    private final IncomingMessage message;

    MessageCall(
            Upstream upstream,
            AnthropicSettings settings,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.settings = settings;
        this.request = request;
        this.message = new IncomingMessage(upstream, callback);
    }

    GenerationResult run() {
        UpstreamRequest.Builder ask =
                UpstreamRequest.post("v1/messages", new MessageBody(settings, request).message())
                        .on(request);
        UpstreamRequest post = BetaFeatures.of(settings, request).on(ask).build();
        try (Reply reply = upstream.send(post)) {
            return isStream(reply) ? stream(reply) : whole(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && message.begun()) {
                return message.stopped();
            }
            throw e.withUsage(message.usage().orElse(null));
        }
    }

    /** What was asked for, unless the server says that it is the other. */
    private boolean isStream(Reply reply) {
        return reply.isOfEvents(request.streaming());
    }

    private GenerationResult whole(Reply reply) {
        JsonNode body = reply.json();
        refuseError(body);
        return message.whole(body) ? message.complete() : message.stopped();
    }

    private GenerationResult stream(Reply reply) {
        SseReader events = reply.events();
        boolean stopped = false;
        SseEvent event = events.next();
        while (event != null && !stopped) {
            JsonNode data = upstream.parse(event.data());
            refuseError(data);
            if (!message.event(data)) {
                return message.stopped();
            }
            stopped = Json.text(data, "type").equals("message_stop");
            event = stopped ? null : events.next();
        }
        if (!stopped && !message.ended()) {
            throw upstream.broken("ended its stream in the middle of the answer");
        }
        reply.finished();
        return message.complete();
    }

    private void refuseError(JsonNode body) {
        if (Json.text(body, "type").equals("error") || body.path("error").isObject()) {
            throw upstream.error(body).build();
        }
    }
}
