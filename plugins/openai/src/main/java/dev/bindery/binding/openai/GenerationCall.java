package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Caller;
import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Prompt;
import dev.bindery.http.Json;
import dev.bindery.http.Reply;
import dev.bindery.http.SseEvent;
import dev.bindery.http.SseReader;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One generation: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class GenerationCall {
    private static final String DONE = "[DONE]";
    private static final int SHOWN = 200;

    private final Upstream upstream;
    private final OpenAiSettings settings;
    private final GenerationRequest request;
    private final Choices choices;

    GenerationCall(
            Upstream upstream,
            OpenAiSettings settings,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.settings = settings;
        this.request = request;
        this.choices = new Choices(request.candidates(), callback);
    }

    GenerationResult run() {
        try (Reply reply = upstream.send(outgoing())) {
            return isStream(reply) ? stream(reply) : whole(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && choices.begun()) {
                return choices.stopped();
            }
            throw withUsage(e);
        }
    }

    private UpstreamRequest outgoing() {
        UpstreamRequest.Builder post =
                switch (request.input()) {
                    case Chat chat ->
                            UpstreamRequest.post(
                                    "chat/completions", new ChatBody(settings).of(request, chat));
                    case Prompt prompt ->
                            UpstreamRequest.post(
                                    "completions",
                                    new CompletionBody(settings).of(request, prompt));
                    default ->
                            throw BindingException.unsupported(
                                    "this binding takes chats and prompts only");
                };
        identify(post, request.caller());
        return post.streamed(request.streaming())
                .cancellation(request.cancellation())
                .within(request.remaining())
                .retries(request.retries())
                .build();
    }

    static void identify(UpstreamRequest.Builder post, Caller caller) {
        caller.traceparent().ifPresent(trace -> post.header("traceparent", trace));
        if (!caller.equals(Caller.UNKNOWN)) {
            post.header("X-Client-Request-Id", caller.requestId());
        }
    }

    /** What was asked for, unless the server says that it is the other. */
    private boolean isStream(Reply reply) {
        return reply.isOfType("text/event-stream")
                || (request.streaming() && !reply.isOfType("application/json"));
    }

    private GenerationResult whole(Reply reply) {
        JsonNode body = reply.json();
        refuseErrors(body);
        boolean goOn = choices.take(body);
        if (!choices.begun()) {
            throw upstreamError("answered without a choice");
        }
        return goOn ? choices.complete() : choices.stopped();
    }

    private GenerationResult stream(Reply reply) {
        SseReader events = reply.events();
        SseEvent event = events.next();
        while (event != null && !isLast(event)) {
            if (!choices.take(chunk(event))) {
                return choices.stopped();
            }
            event = events.next();
        }
        boolean done = event != null;
        if (!done && !choices.finished()) {
            throw upstreamError("ended its stream in the middle of the answer");
        }
        if (!choices.begun()) {
            throw upstreamError("ended its stream without an answer");
        }
        reply.finished();
        return choices.complete();
    }

    private static boolean isLast(SseEvent event) {
        return event.data().strip().equals(DONE);
    }

    private JsonNode chunk(SseEvent event) {
        try {
            JsonNode chunk = Json.parse(event.data());
            if (event.type().equals("error")) {
                throw upstream.error(chunk).build();
            }
            refuseErrors(chunk);
            return chunk;
        } catch (JacksonException _) {
            String data = event.data();
            throw upstreamError(
                    "sent an event that is no JSON: "
                            + data.substring(0, Math.min(SHOWN, data.length())));
        }
    }

    private void refuseErrors(JsonNode body) {
        refuseError(body);
        body.path("choices").forEach(this::refuseError);
    }

    private void refuseError(JsonNode holder) {
        JsonNode error = holder.path("error");
        if (error.isString() || (error.isObject() && !error.isEmpty())) {
            throw upstream.error(holder).build();
        }
    }

    private BindingException upstreamError(String what) {
        return new BindingException(
                ErrorCode.UPSTREAM_ERROR, upstream.redacted(upstream.host() + " " + what));
    }

    /** What a failed answer has cost is known where the counts came before the failure. */
    private BindingException withUsage(BindingException e) {
        if (choices.usage().isEmpty()) {
            return e;
        }
        BindingException.Builder copy =
                BindingException.builder(e.code(), String.valueOf(e.getMessage()))
                        .cause(e)
                        .retryAfter(e.retryAfter().orElse(null))
                        .usage(choices.usage().get());
        e.upstreamStatus().ifPresent(copy::upstreamStatus);
        return copy.build();
    }
}
