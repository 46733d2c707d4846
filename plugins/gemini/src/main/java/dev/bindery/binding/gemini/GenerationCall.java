package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.http.Reply;
import dev.bindery.http.SseEvent;
import dev.bindery.http.SseReader;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One generation: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class GenerationCall {
    private final Upstream upstream;
    private final GeminiOptions options;
    private final GenerationRequest request;
    private final Candidates candidates;

    GenerationCall(
            Upstream upstream,
            GeminiOptions options,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.options = options;
        this.request = request;
        this.candidates = new Candidates(request.candidates(), callback);
    }

    GenerationResult run() {
        try (Reply reply = upstream.send(outgoing())) {
            return isStream(reply) ? stream(reply) : whole(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && candidates.begun()) {
                return candidates.stopped();
            }
            throw e.withUsage(candidates.usage().orElse(null));
        }
    }

    /** What was asked for, unless the server says that it is the other. */
    private boolean isStream(Reply reply) {
        return reply.isOfEvents(request.streaming());
    }

    private UpstreamRequest outgoing() {
        String method = request.streaming() ? "streamGenerateContent" : "generateContent";
        UpstreamRequest.Builder post =
                UpstreamRequest.post(
                        ModelPath.method(request.model(), method),
                        new RequestBody(options).of(request));
        if (request.streaming()) {
            post.query("alt", "sse");
        }
        return post.on(request).build();
    }

    /** One answer; or a list of pieces, which a stream is where a proxy drops {@code alt=sse}. */
    private GenerationResult whole(Reply reply) {
        JsonNode body = reply.json();
        for (JsonNode piece : body.isArray() ? body : List.of(body)) {
            refuseError(piece);
            if (!candidates.take(piece)) {
                return candidates.stopped();
            }
        }
        return complete();
    }

    private GenerationResult stream(Reply reply) {
        SseReader events = reply.events();
        for (SseEvent event = events.next(); event != null; event = events.next()) {
            if (event.data().strip().equals("[DONE]")) {
                continue;
            }
            JsonNode piece = upstream.parse(event.data());
            refuseError(piece);
            if (!candidates.take(piece)) {
                return candidates.stopped();
            }
        }
        reply.finished();
        return complete();
    }

    /** There is no mark at the end of a stream but the reason why each candidate ended. */
    private GenerationResult complete() {
        if (!candidates.begun()) {
            throw upstream.broken("answered without a candidate");
        }
        if (!candidates.finished()) {
            throw upstream.broken("ended its answer in the middle");
        }
        return candidates.complete();
    }

    private void refuseError(JsonNode piece) {
        JsonNode first = piece.isArray() ? piece.path(0) : piece;
        if (first.path("error").isObject()) {
            throw upstream.error(first).build();
        }
    }
}
