package dev.bindery.server.answer;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.CancellationSource;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The calls in flight. Each is cancelled when its client goes away, and when the server ends. Safe
 * for all threads.
 */
public final class Calls {
    private static final Duration RESTART = Duration.ofSeconds(5);

    private final Set<CancellationSource> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /**
     * Makes a call for the client of that exchange, whose body has been read.
     *
     * @throws Refusal 503 when the server has ended the call
     */
    public <T> T run(Exchange exchange, Function<Cancellation, T> call) {
        CancellationSource source = new CancellationSource();
        running.add(source);
        if (ending) {
            source.cancel();
        }
        try (var _ = exchange.onDisconnect(source::cancel)) {
            return call.apply(source);
        } catch (BindingException e) {
            throw ending && e.code().equals(ErrorCode.CANCELLED) ? stopping() : e;
        } finally {
            running.remove(source);
        }
    }

    /** Cancels every call, now and from now on. */
    public void endAll() {
        ending = true;
        running.forEach(CancellationSource::cancel);
    }

    /** How many calls are in flight. */
    public int count() {
        return running.size();
    }

    private static Refusal stopping() {
        return Refusal.of(503, "stopping", "the server is stopping; try again when it is back")
                .retriableAfter(RESTART);
    }
}
