package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Prompt;
import dev.bindery.http.NdjsonReader;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;

/** One generation: sends it, reads the answer as it comes, and tells a whole one from a cut one. */
final class GenerationCall {
    private final Upstream upstream;
    private final OllamaSettings settings;
    private final GenerationRequest request;
    private final AnswerReader answer;

    GenerationCall(
            Upstream upstream,
            OllamaSettings settings,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.settings = settings;
        this.request = request;
        boolean showThoughts =
                request.reasoning().map(wanted -> wanted.includeThoughts()).orElse(true);
        this.answer = new AnswerReader(callback, showThoughts);
    }

    GenerationResult run() {
        UpstreamRequest outgoing =
                new GenerationBody(settings).of(request).on(request).streamed(true).build();
        try (Reply reply = upstream.send(outgoing)) {
            return stream(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && answer.begun()) {
                return answer.stopped();
            }
            throw e;
        }
    }

    private GenerationResult stream(Reply reply) {
        if (!answer.echo(request.prompt().filter(Prompt::echo).flatMap(Prompt::text).orElse(""))) {
            return answer.stopped();
        }
        NdjsonReader lines = reply.lines();
        for (JsonNode line = lines.next(); line != null; line = lines.next()) {
            if (line.path("error").isString()) {
                throw upstream.error(line).build();
            }
            if (!answer.take(line)) {
                return answer.stopped();
            }
            if (line.path("done").asBoolean(false)) {
                reply.finished();
                return answer.complete();
            }
        }
        throw upstream.broken("ended its stream in the middle of the answer");
    }
}
