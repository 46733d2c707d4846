package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.Prompt;
import dev.bindery.http.NdjsonReader;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One generation. Operations are asked for; a server that knows none of them answers with bare
 * text, and some tell errors in one JSON value.
 */
final class GenerationCall {
    private static final int PIECE = 4096;

    private final Upstream upstream;
    private final GenerationRequest request;
    private final UpstreamRequest outgoing;
    private final StoppedAnswer answer;

    GenerationCall(
            Upstream upstream,
            LollmsSettings settings,
            GenerationRequest request,
            GenerationCallback callback) {
        this.upstream = upstream;
        this.request = request;
        WrittenPrompt prompt = WrittenPrompt.of(request.input(), settings);
        this.outgoing =
                new GenerationBody(settings).of(request, prompt).on(request).streamed(true).build();
        List<String> stops = new ArrayList<>(prompt.stops());
        stops.addAll(request.sampling().stop());
        this.answer = new StoppedAnswer(callback, stops);
    }

    GenerationResult run() {
        try (Reply reply = upstream.send(outgoing)) {
            Optional<String> echoed = request.prompt().filter(Prompt::echo).flatMap(Prompt::text);
            if (echoed.isPresent() && !answer.pass(Operation.chunk(echoed.get()))) {
                return answer.result();
            }
            if (reply.isOfType("application/x-ndjson")) {
                return operations(reply);
            }
            return reply.isOfType("application/json") ? whole(reply) : text(reply);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED) && answer.begun()) {
                return answer.stopped();
            }
            throw e.withUsage(answer.usage().orElse(null));
        }
    }

    private GenerationResult operations(Reply reply) {
        NdjsonReader lines = reply.lines();
        for (JsonNode line = lines.next(); line != null; line = lines.next()) {
            if (OperationReader.isEnd(line)) {
                reply.finished();
                return answer.complete(OperationReader.end(line));
            }
            if (OperationReader.isFailure(line)) {
                throw OperationReader.failure(line, upstream);
            }
            Optional<Operation> operation = OperationReader.read(line);
            if (operation.isPresent() && !answer.take(operation.get())) {
                return answer.result();
            }
        }
        throw upstream.broken("ended its stream in the middle of the answer");
    }

    private GenerationResult whole(Reply reply) {
        JsonNode body = LollmsErrors.checked(reply.json(), upstream);
        if (!body.isString()) {
            throw upstream.broken(
                    body.isNull()
                            ? "has no binding selected"
                            : "answered with JSON that is no text: " + body);
        }
        return answer.take(Operation.chunk(body.stringValue()))
                ? answer.complete(Optional.empty())
                : answer.result();
    }

    /**
     * Nothing in a bare text tells its end from a failure, but that LoLLMs fails before it speaks.
     */
    private GenerationResult text(Reply reply) {
        try (Reader text = new InputStreamReader(reply.bytes(), StandardCharsets.UTF_8)) {
            char[] piece = new char[PIECE];
            for (int read = text.read(piece); read >= 0; read = text.read(piece)) {
                if (!answer.take(Operation.chunk(new String(piece, 0, read)))) {
                    return answer.result();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the reply turns these into errors of its own", e);
        }
        if (!answer.begun()) {
            throw upstream.broken("answered with nothing, as LoLLMs does when its binding fails");
        }
        reply.finished();
        return answer.complete(Optional.empty());
    }
}
