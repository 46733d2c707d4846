package dev.bindery.binding.managed;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Health;
import dev.bindery.openai.OpenAiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the server running: starts it, waits until it is ready, starts it again when it has ended,
 * later each time it does so soon. Gives callers the way to it, and lets them wait while it starts.
 * Free for all threads.
 */
final class Supervisor implements Runnable, AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final Server server;
    private final System.Logger log;
    private final Backoff backoff;
    private final Object state = new Object();

    private @Nullable Serving ready;
    private @Nullable ServerProcess running;
    private @Nullable String trouble;
    private long startsAgainAt;
    private boolean anew;
    private boolean closed;
    private boolean over;

    Supervisor(Server server, System.Logger log) {
        this.server = server;
        this.log = log;
        this.backoff = new Backoff(server.maxRestartWait());
    }

    /** Runs the server again and again until this is closed. */
    @Override
    public void run() {
        try {
            while (!isClosed()) {
                long began = System.nanoTime();
                String ending = runOnce();
                if (!isClosed()) {
                    rest(ending, Duration.ofNanos(System.nanoTime() - began));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            change(() -> over = true);
        }
    }

    /** One run of the server, to its end; returns what there is to say of it. */
    private String runOnce() throws InterruptedException {
        ServerProcess process = null;
        try {
            int port = server.port();
            String key = server.key();
            ServerProcess begun = server.start(port, key, log);
            process = begun;
            change(() -> running = begun);
            return awaitReady(begun, port, key) ? serve(begun, port, key) : notReady(begun);
        } catch (IOException e) {
            return "the server cannot be started: " + e.getMessage();
        } finally {
            if (process != null) {
                process.stop();
            }
        }
    }

    private boolean awaitReady(ServerProcess process, int port, String key)
            throws InterruptedException {
        long end = System.nanoTime() + server.startTimeout().toNanos();
        while (System.nanoTime() < end && !wantsEnd()) {
            if (process.hasEndedWithin(LOOK)) {
                return false;
            }
            if (server.isReady(port, key)) {
                return !process.hasEndedWithin(Duration.ZERO);
            }
        }
        return false;
    }

    private String notReady(ServerProcess process) throws InterruptedException {
        return process.ending()
                .orElseGet(() ->
                        "the server was not ready after %d s%s"
                                .formatted(server.startTimeout().toSeconds(), process.lastWords()));
    }

    private String serve(ServerProcess process, int port, String key) throws InterruptedException {
        OpenAiClient client = server.client(port, key);
        try {
            change(() -> {
                ready = new Serving(client);
                trouble = null;
            });
            log.log(
                    System.Logger.Level.INFO,
                    "the server is ready on port {0} (process {1})",
                    Integer.toString(port),
                    Long.toString(process.pid()));
            boolean ended = false;
            while (!ended && !wantsEnd()) {
                ended = process.hasEndedWithin(WATCH);
            }
            return process.ending().orElse("the server is started anew");
        } finally {
            change(() -> ready = null);
            client.upstream().close();
        }
    }

    private void rest(String ending, Duration ran) throws InterruptedException {
        Duration pause = takeAnew() ? Duration.ZERO : backoff.after(ran);
        if (pause.isZero()) {
            return;
        }
        String said = "%s; it is started again in %d s".formatted(ending, pause.toSeconds());
        log.log(System.Logger.Level.WARNING, said);
        long until = System.nanoTime() + pause.toNanos();
        change(() -> {
            trouble = ending;
            startsAgainAt = until;
        });
        await(() -> closed || anew, until);
        change(() -> {
            anew = false;
            startsAgainAt = 0;
        });
    }

    /**
     * The way to the server, as soon as it is ready.
     *
     * @param patience how long to wait at the most; empty for as long as a start may take
     * @throws BindingException UPSTREAM_UNAVAILABLE saying why there is none; CANCELLED
     */
    Serving serving(Optional<Duration> patience, Cancellation cancellation) {
        Duration most = patience.orElse(server.startTimeout());
        long until = System.nanoTime() + most.toNanos();
        try (var _ = cancellation.onCancel(() -> change(() -> {}))) {
            await(() -> ready != null || resting() || over || cancellation.isCancelled(), until);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
        cancellation.throwIfCancelled();
        synchronized (state) {
            if (ready == null) {
                throw unavailable();
            }
            return ready;
        }
    }

    private BindingException unavailable() {
        Duration wait = Duration.ofNanos(Math.max(0, startsAgainAt - System.nanoTime()));
        return BindingException.builder(
                        ErrorCode.UPSTREAM_UNAVAILABLE,
                        trouble == null ? "the server is still starting" : trouble)
                .retryAfter(resting() ? wait.plusSeconds(1) : null)
                .build();
    }

    private boolean resting() {
        return startsAgainAt != 0;
    }

    /** Whether calls can be made, and how the last of them went. */
    Health health() {
        synchronized (state) {
            if (ready != null) {
                return ready.health();
            }
            return Health.degraded(trouble == null ? "the server is starting" : trouble);
        }
    }

    /** The last lines that the server printed. */
    List<String> output() {
        synchronized (state) {
            return running == null ? List.of() : running.output();
        }
    }

    /** Ends the server, if it runs, and starts it at once. */
    void restart() {
        change(() -> anew = true);
    }

    /** Ends the server, and returns when it is gone. */
    @Override
    public void close() {
        change(() -> closed = true);
        try {
            await(() -> over, Long.MAX_VALUE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        synchronized (state) {
            return closed;
        }
    }

    private boolean wantsEnd() {
        synchronized (state) {
            return closed || anew;
        }
    }

    private boolean takeAnew() {
        synchronized (state) {
            boolean wanted = anew;
            anew = false;
            return wanted;
        }
    }

    private void change(Runnable change) {
        synchronized (state) {
            change.run();
            state.notifyAll();
        }
    }

    private void await(BooleanSupplier condition, long until) throws InterruptedException {
        synchronized (state) {
            while (!condition.getAsBoolean()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                state.wait(Math.max(1, Math.min(Duration.ofNanos(left).toMillis(), 60_000)));
            }
        }
    }
}
