package dev.bindery.host.document;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Brings file work to its end although its thread is interrupted, which closes the channels that it
 * works with. The thread is interrupted still when it is done.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Work that can be begun anew at any point. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    static void run(Work work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!isDone(work)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isDone(Work work) throws IOException {
        try {
            work.run();
            return true;
        } catch (ClosedByInterruptException _) {
            return false;
        }
    }
}
