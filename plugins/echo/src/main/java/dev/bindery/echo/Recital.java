package dev.bindery.echo;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.List;

/** Gives the answer to one request: its pieces, and what the script puts between them. */
final class Recital {
    private final Plan plan;
    private final Script script;
    private final Pace pace;
    private final Answer answer;
    private final long inputTokens;
    private final List<Candidate> given = new ArrayList<>();
    private long outputTokens;
    private int sent;
    private boolean stopped;

    Recital(Plan plan, Script script, Pace pace, Answer answer, long inputTokens) {
        this.plan = plan;
        this.script = script;
        this.pace = pace;
        this.answer = answer;
        this.inputTokens = inputTokens;
    }

    /**
     * Gives the answer so many times, or until nobody wants more.
     *
     * @throws BindingException that the script asks for, or CANCELLED when nothing was sent
     */
    GenerationResult give(int candidates) {
        while (!stopped && given.size() < candidates) {
            sent = 0;
            stopped = !giveOne();
            given.add(ended());
        }
        if (stopped && answer.parts(0).isEmpty()) {
            throw BindingException.cancelled();
        }
        return GenerationResult.builder()
                .candidates(given)
                .usage(answer.usage().orElseGet(this::usage))
                .build();
    }

    /** Whether it came to its end. */
    private boolean giveOne() {
        boolean wanted = pace.pause(script.firstDelay()) && extras();
        while (wanted && sent < plan.size()) {
            wanted = (sent == 0 || pace.pause(script.delay())) && piece() && extras();
        }
        return wanted;
    }

    private boolean piece() {
        if (!send(Operation.chunk(plan.piece(sent)))) {
            return false;
        }
        outputTokens += sent < plan.lead().size() ? 0 : 1;
        sent++;
        return true;
    }

    /** Sends the operations of this place, and fails where that is asked for. */
    private boolean extras() {
        for (ScriptedOperation extra : script.operations()) {
            if (isHere(extra.afterChunks()) && !send(extra.operation())) {
                return false;
            }
        }
        if (script.error().filter(error -> isHere(error.afterChunks())).isPresent()) {
            throw script.error().get().exception(usage());
        }
        return true;
    }

    private boolean isHere(int afterChunks) {
        return afterChunks == sent || (sent == plan.size() && afterChunks > sent);
    }

    private boolean send(Operation operation) {
        return answer.on(operation.withCandidate(given.size()));
    }

    private Candidate ended() {
        if (stopped) {
            return answer.candidate(given.size(), FinishReason.CANCELLED);
        }
        FinishReason reason = script.finishReason().orElse(plan.finishReason());
        return answer.candidate(given.size(), reason).toBuilder()
                .stopSequence(plan.stopSequence().orElse(null))
                .build();
    }

    private Usage usage() {
        return Usage.of(inputTokens, outputTokens);
    }
}
