package dev.bindery.host.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a child with all that it started. */
final class ProcessTree {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Process process;
    private volatile boolean leadsGroup;

    ProcessTree(Process process) {
        this.process = process;
    }

    /** The child said that it leads a process group of its own. */
    void leadsGroup() {
        leadsGroup = true;
    }

    /** Asks it to end, then insists, then ends what it left behind. Returns when it is gone. */
    void end(Duration grace) {
        List<ProcessHandle> descendants = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // The pipe is broken: the child has ended, or will be made to.
        }
        if (!ended(grace)) {
            process.destroy();
        }
        if (!ended(PATIENCE)) {
            process.destroyForcibly();
            ended(PATIENCE);
        }
        endRest(descendants);
    }

    /** Ends it at once. */
    void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        endRest(descendants);
    }

    /** Ends what a child that is gone left behind. */
    void endRest() {
        endRest(List.of());
    }

    private void endRest(List<ProcessHandle> descendants) {
        descendants.forEach(ProcessHandle::destroyForcibly);
        if (leadsGroup) {
            ProcessGroup.kill(process.pid());
        }
    }

    private boolean ended(Duration limit) {
        boolean interrupted = Thread.interrupted();
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
