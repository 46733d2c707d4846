package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Prompt;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.http.NdjsonReader;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
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
        try (Reply reply = send()) {
            return stream(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && answer.begun()) {
                return answer.stopped();
            }
            throw e;
        }
    }

    /** Servers before 0.11, and models of later ones, know only whether to think, not how hard. */
    private Reply send() {
        try {
            return send(request);
        } catch (BindingException e) {
            if (request.reasoning().isEmpty() || !OllamaErrors.refusesLevels(e)) {
                throw e;
            }
            ReasoningOptions anyLevel = ReasoningOptions.builder().build();
            return send(request.toBuilder().reasoning(anyLevel).build());
        }
    }

    private Reply send(GenerationRequest asked) {
        return upstream.send(
                new GenerationBody(settings).of(asked).on(request).streamed(true).build());
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
