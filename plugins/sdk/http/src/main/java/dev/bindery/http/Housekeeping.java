package dev.bindery.http;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.connection.ConnectionListener;

/**
 * Looks after the idle connections of one upstream once a second. By itself OkHttp does so at the
 * end of every call, and wakes a thread for it, or two: for a short call a good part of all its
 * processor time. The way to change that is no public API of OkHttp, so a new version may want
 * another. Its thread ends a second after the last connection.
 */
final class Housekeeping implements TaskRunner.Backend {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int IDLE_CONNECTIONS = 64;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private Housekeeping() {}

    static ConnectionPool pool() {
        return new ConnectionPool(
                IDLE_CONNECTIONS,
                KEPT.toSeconds(),
                TimeUnit.SECONDS,
                new TaskRunner(new Housekeeping(), TaskRunner.Companion.getLogger()),
                ConnectionListener.Companion.getNONE());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void coordinatorNotify(TaskRunner runner) {
        // Whoever waits will look soon enough.
    }

    /** Called, and waits, with the runner's own monitor. */
    @Override
    public void coordinatorWait(TaskRunner runner, long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(runner, Math.min(nanos, PERIOD.toNanos()));
        } catch (InterruptedException _) {
            // Nobody interrupts this thread; it would look again now.
        }
    }

    @Override
    public <T> BlockingQueue<T> decorate(BlockingQueue<T> queue) {
        return queue;
    }

    @Override
    public void execute(TaskRunner runner, Runnable work) {
        Thread.ofVirtual().name("connections").inheritInheritableThreadLocals(false).start(work);
    }
}
