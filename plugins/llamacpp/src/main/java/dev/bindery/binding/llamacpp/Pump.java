package dev.bindery.binding.llamacpp;

import dev.bindery.api.JsonObject;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * Takes an answer from the native library as it comes, on a thread of its own: there, whoever waits
 * cannot be woken, and what is not taken makes others spin. So the prompt is read in short strides,
 * between which it can stop, and the pieces wait here for however slow a reader.
 */
final class Pump implements Runnable {
    /** What comes out, in its order. */
    sealed interface Event {}

    /** A piece that is one token or more. */
    record Text(String text) implements Event {}

    /** Nothing follows. */
    record End() implements Event {}

    /** Nothing follows, since this happened. */
    record Failure(Throwable cause) implements Event {}

    private final Engines.Lease lease;
    private final Llama llama;
    private final Slots.Slot slot;
    private final int[] prompt;
    private final String answer;
    private final boolean fresh;
    private final Runnable done;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean stopped;
    private int read;

    /**
     * @param answer the request for an answer to the prompt in the slot
     * @param fresh whether to read the prompt from its beginning, whatever the slot holds: the same
     *     seed gives the same answer only where the same is computed
     * @param done called when the native library has nothing to do any more for this answer
     */
    Pump(
            Engines.Lease lease,
            Slots.Slot slot,
            int[] prompt,
            String answer,
            boolean fresh,
            Runnable done) {
        this.lease = lease;
        this.llama = lease.engine().llama();
        this.slot = slot;
        this.prompt = prompt;
        this.answer = answer;
        this.fresh = fresh;
        this.done = done;
    }

    /** The next event; waits for it. */
    Event next() throws InterruptedException {
        return events.take();
    }

    /**
     * Ends it early, from any thread: {@link #next} returns soon, the native work a little later.
     */
    void stop() {
        stopped = true;
        events.add(new End());
    }

    @Override
    public void run() {
        Event last = new End();
        try {
            readPrompt();
            if (!stopped) {
                takeAnswer();
            }
        } catch (Throwable e) {
            last = new Failure(e);
        } finally {
            lease.engine().slots().release(slot, seen());
            done.run();
            events.add(last);
        }
    }

    private void readPrompt() {
        if (fresh) {
            read(new int[] {prompt[0] == 0 ? 1 : 0}, 1);
        } else {
            read = Math.min(slot.shared(prompt), prompt.length - 1);
        }
        while (!stopped && prompt.length - read > Engine.STRIDE) {
            read(prompt, read + Engine.STRIDE);
            read += Engine.STRIDE;
        }
    }

    private void read(int[] tokens, int length) {
        JsonObject always = lease.engine().opening().always();
        int task = llama.request(CompletionJson.read(tokens, length, slot.id(), always));
        while (!llama.receive(task).last()) {
            Thread.onSpinWait();
        }
    }

    private void takeAnswer() {
        int task = llama.request(answer);
        read = prompt.length;
        while (true) {
            Llama.Piece piece = llama.receive(task);
            if (piece.last()) {
                return;
            }
            if (stopped) {
                llama.cancel(task);
                return;
            }
            text.append(piece.text());
            events.add(new Text(piece.text()));
        }
    }

    /** What the slot holds now: the prompt, and the answer as it would be read again. */
    private int[] seen() {
        int[] begun = Arrays.copyOf(prompt, read);
        return text.isEmpty()
                ? begun
                : IntStream.concat(
                                Arrays.stream(begun), Arrays.stream(llama.tokens(text.toString())))
                        .toArray();
    }
}
