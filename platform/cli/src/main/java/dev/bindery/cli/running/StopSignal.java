package dev.bindery.cli.running;

import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/** Waits for Ctrl-C or its kin. The second one ends the process at once. Safe for all threads. */
final class StopSignal {
    private static final int INTERRUPTED = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch settledOrAsked = new CountDownLatch(1);

    /** Hears signals from now on. */
    static StopSignal listen() {
        StopSignal signal = new StopSignal();
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signals.register(name, signal::heard);
        }
        return signal;
    }

    private void heard() {
        if (isAsked()) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        asked.countDown();
        settled();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** There is nothing more to wait for at the start. */
    void settled() {
        settledOrAsked.countDown();
    }

    void awaitSettledOrAsked() {
        await(settledOrAsked);
    }

    void await() {
        await(asked);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
