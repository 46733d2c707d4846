package dev.bindery.distribution.swap;

import dev.bindery.distribution.Wait;
import dev.bindery.distribution.sequence.Origin;
import dev.bindery.distribution.sequence.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Clients of one model, as many that stream as ask for whole answers, each asking again as soon as
 * it is answered, and none asking anything a second time.
 */
final class Clients implements AutoCloseable {
    private static final int STREAMED_PIECES = 20;
    private static final int STREAMED_PAUSE = 40;
    private static final int WHOLE_PIECES = 5;
    private static final int WHOLE_PAUSE = 40;

    private final String address;
    private final IntSupplier oldest;
    private final Asker okHttp;
    private final Asker jdk = Asker.jdk();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong seed = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final Set<Origin> origins = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean leaving;

    /**
     * @param v1 the base address
     * @param ofEach how many of each sort
     * @param oldest the oldest version, by its last number, that a request begun now may get
     */
    Clients(String v1, int ofEach, IntSupplier oldest) {
        this.address = v1 + "/chat/completions";
        this.oldest = oldest;
        okHttp = Asker.okHttp(ofEach);
        for (int i = 0; i < 2 * ofEach; i++) {
            boolean streams = i % 2 == 0;
            Asker asker = i % 4 < 2 ? okHttp : jdk;
            threads.add(
                    Thread.ofVirtual().name("client-" + i).start(() -> converse(asker, streams)));
        }
    }

    private void converse(Asker asker, boolean streams) {
        while (!leaving) {
            Sequence asked =
                    streams
                            ? new Sequence(STREAMED_PIECES, STREAMED_PAUSE, seed.incrementAndGet())
                            : new Sequence(WHOLE_PIECES, WHOLE_PAUSE, seed.incrementAndGet());
            int atLeast = oldest.getAsInt();
            try {
                Origin origin = answer(asker, asked, streams);
                if (number(origin.version()) < atLeast) {
                    throw new AssertionError(
                            "%s answered after 1.0.%d served".formatted(origin, atLeast));
                }
                origins.add(origin);
                answers.incrementAndGet();
            } catch (Exception | AssertionError e) {
                failures.add("%s (%s): %s".formatted(asked, streams ? "streamed" : "whole", e));
            }
        }
    }

    private Origin answer(Asker asker, Sequence asked, boolean streams) throws Exception {
        Reply reply = new Reply(asked);
        String body =
                """
                {"model":"sequence/m","stream":%s,"messages":[{"role":"user","content":"%s"}]}\
                """
                        .formatted(streams, asked.prompt());
        asker.ask(address, body, streams ? reply::event : reply::whole);
        return reply.checked();
    }

    private static int number(String version) {
        return Integer.parseInt(version.substring(version.lastIndexOf('.') + 1));
    }

    /** How many times the binding was loaded, as far as clients have seen. */
    int generations() {
        return (int) origins.stream().map(Origin::loader).distinct().count();
    }

    Set<Origin> origins() {
        return origins;
    }

    long answers() {
        return answers.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Lets running answers end, and begins no others. */
    void leave() {
        leaving = true;
        threads.forEach(thread -> Wait.until("a client has ended", () -> !thread.isAlive()));
    }

    @Override
    public void close() {
        leave();
        okHttp.close();
        jdk.close();
    }
}
