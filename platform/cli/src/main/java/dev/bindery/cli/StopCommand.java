package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.admin.HostOnHome;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Ends the host of a home as Ctrl-C would, and returns when it has ended. */
@Command(
        name = "stop",
        description = "Stop the host that runs on a home, and wait until it has ended.",
        footer = {
            "",
            "Calls in flight go on for as long as the host was started with (--grace), else 30 s.",
            "That none runs is no failure: it is stopped."
        })
final class StopCommand implements Runnable {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Shell shell;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "The host's home; else $BINDERY_HOME, else ~/.bindery.")
    private @Nullable String home;

    @Option(names = "--now", description = "End calls in flight at once.")
    private boolean now;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for its end; else 300.")
    private long wait;

    StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        HomeFolder folder = HomeFolder.chosen(home, shell);
        HostOnHome host = HostOnHome.find(folder).orElse(null);
        if (host != null) {
            stop(folder, host);
        } else if (HostOnHome.isTaken(folder)) {
            throw new CommandFailure(
                    "A host has %s, but is no process that can be seen from here: it is just starting, or runs in another container or on another machine. Stop it there."
                            .formatted(folder.path()));
        } else {
            shell.out().println("No host is running on " + folder.path() + ".");
        }
    }

    private void stop(HomeFolder folder, HostOnHome host) {
        ProcessHandle process = host.process();
        String calls = callsInFlight(folder);
        shell.out()
                .printf("Stopping the host at %s (process %d).%n", host.address(), process.pid());
        ask(process);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        if (!hasEnded(process, end) && !now) {
            shell.out()
                    .printf(
                            "Waiting for %s; to end at once: %s stop --now%n",
                            calls, shell.command());
        }
        while (!hasEnded(process, end)) {
            if (System.nanoTime() >= end) {
                throw new CommandFailure(
                        "The host (process %d) has not ended within %d s and goes on stopping; end it with %s stop --now, or wait longer with --wait."
                                .formatted(process.pid(), wait, shell.command()));
            }
            if (now) {
                ask(process);
            }
        }
        shell.out().println("Stopped.");
    }

    /** The second time, it ends at once. */
    private void ask(ProcessHandle process) {
        if (!process.supportsNormalTermination()) {
            throw new CommandFailure(
                    "On this system a host can only be killed from outside; press Ctrl-C where it runs.");
        }
        if (!process.destroy() && process.isAlive()) {
            throw new CommandFailure(
                    "The process %d cannot be asked to end: is it another user's? Stop it as that user."
                            .formatted(process.pid()));
        }
    }

    private static boolean hasEnded(ProcessHandle process, long end) {
        long most = Math.min(MOMENT.toNanos(), Math.max(0, end - System.nanoTime()));
        try {
            process.onExit().get(most, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted; the host goes on stopping.", e);
        }
    }

    /** In words; one that does not answer is stopped all the same. */
    private String callsInFlight(HomeFolder folder) {
        FutureTask<Integer> asked =
                new FutureTask<>(() -> {
                    JsonNode answer = new AdminClient(folder, false, null, shell).get("instances");
                    int calls = 0;
                    for (JsonNode instance : answer.path("instances")) {
                        calls += instance.path("active_calls").asInt(0);
                    }
                    return calls;
                });
        Thread.ofVirtual().start(asked);
        try {
            int calls = asked.get(ANSWER.toNanos(), TimeUnit.NANOSECONDS);
            return switch (calls) {
                case 0 -> "its end";
                case 1 -> "1 call in flight";
                default -> calls + " calls in flight";
            };
        } catch (TimeoutException | ExecutionException _) {
            return "calls in flight";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted; nothing was stopped.", e);
        }
    }
}
