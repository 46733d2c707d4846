package dev.bindery.server.answer;

import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way to a client that reads along. The response begins with the first operation
 * that has a form, or after the first silence, so that a failure before it still has a status of
 * its own. Operations are gathered, and written when nothing more is at hand.
 *
 * <p>Several calls can make one answer: each then has its own range of candidates. For one thread.
 */
public final class StreamedAnswer implements AnswerStream {
    private final Exchange exchange;
    private final AnswerForm form;
    private final boolean corrections;
    private final int candidates;
    private final JsonText out = new JsonText();
    private final List<CandidateStream> streams = new ArrayList<>();
    private final UsageSum usage = new UsageSum();
    private AnswerTotals totals = AnswerTotals.of(usage.total());
    private @Nullable ResponseStream response;
    private @Nullable Refusal refused;
    private int offset;

    /**
     * @param corrections whether the model takes back what it has sent
     * @param candidates how many answers the client asked for, over all calls
     */
    public StreamedAnswer(Exchange exchange, AnswerForm form, boolean corrections, int candidates) {
        this.exchange = exchange;
        this.form = form;
        this.corrections = corrections;
        this.candidates = candidates;
    }

    @Override
    public boolean on(Operation operation) {
        if (operation.usage().isPresent()) {
            usage(operation.usage().get());
            return wanted();
        }
        int candidate = offset + operation.candidate();
        try {
            stream(candidate).order().on(operation, next -> tell(candidate, next));
        } catch (Refusal e) {
            refused = e;
        }
        return wanted();
    }

    private void tell(int candidate, Operation operation) {
        switch (operation.type().name()) {
            case "ADD_CHUNK",
                    "NEW_LINE",
                    "REPLACE_LAST",
                    "SET_CONTENT",
                    "SET_CONTENT_INVISIBLE_TO_AI" ->
                    text(candidate, operation);
            case "REASONING" -> reasoning(candidate, operation);
            case "TOOL_CALL" -> operation.toolCall().ifPresent(call -> toolCall(candidate, call));
            case "LOGPROBS" -> {
                form.logprobs(candidate, operation.logprobs(), begun());
                send();
            }
            case "REF" -> citation(candidate, operation);
            case "JSON_INFOS" -> opaque(candidate, operation);
            default -> {}
        }
    }

    @Override
    public void pause() {
        if (response != null) {
            response.flush();
        }
    }

    @Override
    public boolean silence() {
        form.keepAlive(begun());
        send();
        pause();
        return wanted();
    }

    /** Completes the call's candidates, and makes room for those of the next. */
    @Override
    public void finish(GenerationResult result) {
        throwIfRefused();
        for (int i = 0; i < result.candidates().size(); i++) {
            finish(offset + i, result.candidates().get(i));
        }
        usage.add(result.usage());
        totals = AnswerTotals.of(usage.total(), result);
        offset += result.candidates().size();
    }

    @Override
    public void end() {
        form.end(totals, begun());
        send();
        pause();
    }

    @Override
    public void fail(Refusal failure) {
        if (response == null) {
            throw failure;
        }
        form.failure(refused == null ? failure : refused, out.clear());
        send();
        pause();
    }

    private void text(int candidate, Operation operation) {
        DeltaText text = stream(candidate).text();
        begun();
        separate(candidate, operation);
        showText(candidate, text.on(operation));
        if (text.contradicted()) {
            refused =
                    Refusal.of(
                            500,
                            "correction",
                            "the model took back what had been sent already; ask for the answer"
                                    + " without stream");
        }
    }

    private void separate(int candidate, Operation operation) {
        if (stream(candidate).begins(operation)) {
            settle(candidate);
            form.apart(candidate, begun());
            send();
        }
    }

    /** What could still be corrected comes before what is no text. */
    private void settle(int candidate) {
        showText(candidate, stream(candidate).text().settled());
    }

    private void citation(int candidate, Operation operation) {
        JsonObject about = operation.metadata();
        Optional<JsonValue> citation = about.field("citation");
        if (citation.isPresent() && about.text("dialect").equals(Optional.of(form.dialect()))) {
            separate(candidate, operation);
            form.citation(candidate, citation.get(), begun());
            send();
        }
    }

    private void opaque(int candidate, Operation operation) {
        Optional<OpaquePart> part = OpaqueOperation.part(operation);
        if (part.isPresent() && part.get().dialect().equals(form.dialect())) {
            settle(candidate);
            form.opaque(candidate, part.get(), begun());
            send();
        }
    }

    private void reasoning(int candidate, Operation operation) {
        think(candidate, operation.reasoning().orElseGet(() -> ReasoningPart.of(operation.text())));
    }

    private void think(int candidate, ReasoningPart thought) {
        settle(candidate);
        begun();
        WholeCharacters characters = stream(candidate).reasoning();
        showReasoning(candidate, characters.add(thought.text()));
        if (hasMore(thought)) {
            showReasoning(candidate, characters.rest());
            form.attached(candidate, thought, begun());
            send();
        }
    }

    private static boolean hasMore(ReasoningPart thought) {
        return thought.redacted()
                || thought.signature().isPresent()
                || !thought.providerData().isEmpty();
    }

    private void usage(Usage soFar) {
        usage.soFar(soFar);
        form.usage(soFar);
    }

    private void toolCall(int candidate, ToolCallDelta call) {
        settle(candidate);
        form.toolCall(candidate, call, begun());
        send();
    }

    private void finish(int candidate, Candidate whole) {
        CandidateStream stream = stream(candidate);
        stream.order().finish(next -> tell(candidate, next));
        throwIfRefused();
        showReasoning(candidate, stream.reasoning().rest());
        showText(candidate, stream.text().end());
        form.finish(candidate, whole, begun());
        send();
    }

    private void showText(int candidate, String more) {
        if (!more.isEmpty()) {
            form.text(candidate, more, begun());
            send();
        }
    }

    private void showReasoning(int candidate, String more) {
        if (!more.isEmpty()) {
            form.reasoning(candidate, more, begun());
            send();
        }
    }

    private CandidateStream stream(int candidate) {
        while (streams.size() <= candidate) {
            streams.add(new CandidateStream(corrections));
        }
        return streams.get(candidate);
    }

    private JsonText begun() {
        out.clear();
        if (response == null) {
            response = exchange.stream(form.contentType());
            form.begin(candidates, out);
            send();
            out.clear();
        }
        return out;
    }

    private void send() {
        if (response != null && out.length() > 0) {
            response.add(out.buffer(), out.length());
        }
    }

    private void throwIfRefused() {
        if (refused != null) {
            throw refused;
        }
    }

    private boolean wanted() {
        return refused == null && (response == null || !response.gone());
    }
}
