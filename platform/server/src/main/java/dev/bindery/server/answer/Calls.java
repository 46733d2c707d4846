package dev.bindery.server.answer;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.CancellationSource;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The calls in flight. Each is cancelled when its client goes away, and when the server ends. Safe
 * for all threads.
 */
public final class Calls {
    /** The code of a refusal that says that the client itself has stopped the call. */
    public static final String STOPPED = "stopped";

    private static final Duration RESTART = Duration.ofSeconds(5);

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /** One call, and what tells whose it is. */
    private static final class Running {
        private final CancellationSource source = new CancellationSource();
        private final String path;
        private final Optional<String> keyName;
        private volatile boolean stopped;

        private Running(Exchange exchange) {
            path = exchange.rawPath();
            keyName = exchange.caller().keyName();
        }

        private boolean isOf(String pathPrefix, Optional<String> key) {
            return path.startsWith(pathPrefix) && keyName.equals(key);
        }

        private void stop() {
            stopped = true;
            source.cancel();
        }
    }

    /**
     * Makes a call for the client of that exchange, whose body has been read.
     *
     * @throws Refusal 499 when it was stopped, 503 when the server has ended it
     */
    public <T> T run(Exchange exchange, Function<Cancellation, T> work) {
        Running call = new Running(exchange);
        running.add(call);
        if (ending) {
            call.source.cancel();
        }
        try (var _ = exchange.onDisconnect(call.source::cancel)) {
            return work.apply(call.source);
        } catch (BindingException e) {
            throw e.code().equals(ErrorCode.CANCELLED) ? whyCancelled(call, e) : e;
        } finally {
            running.remove(call);
        }
    }

    private RuntimeException whyCancelled(Running call, BindingException cancelled) {
        if (call.stopped) {
            return Refusal.of(499, STOPPED, "this answer was stopped, as was asked");
        }
        return ending ? stopping() : cancelled;
    }

    /**
     * Stops the calls that were asked for under such a path with that key.
     *
     * @param keyName absent where there are no keys
     */
    public void stop(String pathPrefix, Optional<String> keyName) {
        running.stream().filter(call -> call.isOf(pathPrefix, keyName)).forEach(Running::stop);
    }

    /** Whether such a call is in flight. */
    public boolean isRunning(String pathPrefix, Optional<String> keyName) {
        return running.stream().anyMatch(call -> call.isOf(pathPrefix, keyName));
    }

    /** Cancels every call, now and from now on. */
    public void endAll() {
        ending = true;
        running.forEach(call -> call.source.cancel());
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
