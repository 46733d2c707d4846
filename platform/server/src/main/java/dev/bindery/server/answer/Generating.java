package dev.bindery.server.answer;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a model on behalf of a client, streamed or whole. Safe for all threads. */
public final class Generating {
    private static final Logger LOG = LoggerFactory.getLogger(Generating.class);

    private final ModelRouter router;
    private final Calls calls;

    public Generating(ModelRouter router, Calls calls) {
        this.router = router;
        this.calls = calls;
    }

    /** A whole answer; its token counts are added to the sum. */
    public GenerationResult whole(Exchange exchange, GenerationRequest request, UsageSum usage) {
        AnswerSink sink =
                operation -> {
                    operation.usage().ifPresent(usage::soFar);
                    return true;
                };
        GenerationResult result = calls.run(exchange, c -> generate(exchange, request, sink, c));
        usage.add(result.usage());
        return result;
    }

    /** The answers to these requests, one after the other on one stream. */
    public void stream(Exchange exchange, List<GenerationRequest> requests, AnswerForm form) {
        GenerationRequest first = requests.getFirst();
        boolean corrections =
                router.resolve(first.model()).capabilities().contains(Capability.CORRECTIONS);
        int candidates = requests.size() * first.candidates();
        stream(exchange, requests, new StreamedAnswer(exchange, form, corrections, candidates));
    }

    /** The answers to these requests, one after the other, in a form that needs no deltas. */
    public void stream(Exchange exchange, List<GenerationRequest> requests, AnswerStream answer) {
        try {
            for (GenerationRequest request : requests) {
                answer.finish(calls.run(exchange, c -> generate(exchange, request, answer, c)));
            }
            answer.end();
        } catch (Refusal e) {
            exchange.account().failed(e.code());
            answer.fail(e);
        } catch (BindingException e) {
            exchange.account().failed(e);
            answer.fail(Refusal.of(e));
        } catch (RuntimeException e) {
            exchange.account().failed(ErrorCode.INTERNAL.name());
            LOG.error("Request {} failed", exchange.id(), e);
            answer.fail(Refusal.of(500, "INTERNAL", "the host failed; its log says why"));
        }
    }

    private GenerationResult generate(
            Exchange exchange, GenerationRequest request, AnswerSink sink, Cancellation c) {
        return router.generate(
                request.toBuilder().caller(exchange.caller()).cancellation(c).build(), sink);
    }
}
