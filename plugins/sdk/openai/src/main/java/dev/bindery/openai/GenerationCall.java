package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Prompt;
import dev.bindery.http.Reply;
import dev.bindery.http.SseEvent;
import dev.bindery.http.SseReader;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;

/** One generation: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class GenerationCall {
    private static final String DONE = "[DONE]";

    private final Upstream upstream;
    private final OpenAiOptions options;
    private final GenerationRequest request;
    private final Choices choices;

    GenerationCall(
            Upstream upstream,
            OpenAiOptions options,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.options = options;
        this.request = request;
        this.choices = new Choices(options.provider(), request.candidates(), callback);
    }

    GenerationResult run() {
        try (Reply reply = upstream.send(outgoing())) {
            return isStream(reply) ? stream(reply) : whole(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && choices.begun()) {
                return choices.stopped();
            }
            throw e.withUsage(choices.usage().orElse(null));
        }
    }

    private UpstreamRequest outgoing() {
        new Lacks(options.provider()).check(request);
        UpstreamRequest.Builder post =
                switch (request.input()) {
                    case Chat chat ->
                            UpstreamRequest.post(
                                    options.path("chat", "chat/completions", request.model()),
                                    new ChatBody(options).of(request, chat));
                    case Prompt prompt ->
                            UpstreamRequest.post(
                                    options.path("completions", "completions", request.model()),
                                    new CompletionBody(options).of(request, prompt));
                    default ->
                            throw BindingException.unsupported(
                                    "this binding takes chats and prompts only");
                };
        return post.on(request).build();
    }

    /** What was asked for, unless the server says that it is the other. */
    private boolean isStream(Reply reply) {
        return reply.isOfEvents(request.streaming());
    }

    private GenerationResult whole(Reply reply) {
        JsonNode body = reply.json();
        refuseErrors(body);
        boolean goOn = choices.take(body);
        if (!choices.begun()) {
            throw upstream.broken("answered without a choice");
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
            throw upstream.broken("ended its stream in the middle of the answer");
        }
        if (!choices.begun()) {
            throw upstream.broken("ended its stream without an answer");
        }
        reply.finished();
        return choices.complete();
    }

    private static boolean isLast(SseEvent event) {
        return event.data().strip().equals(DONE);
    }

    private JsonNode chunk(SseEvent event) {
        JsonNode chunk = upstream.parse(event.data());
        if (event.type().equals("error")) {
            throw upstream.error(chunk).build();
        }
        refuseErrors(chunk);
        return chunk;
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
}
