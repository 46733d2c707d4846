package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.logs.LogFilter;
import dev.bindery.cli.logs.LogFollower;
import dev.bindery.cli.logs.LogLevel;
import dev.bindery.cli.logs.LogRecord;
import dev.bindery.cli.logs.LogTail;
import dev.bindery.cli.logs.Since;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what a host has logged. */
@Command(
        name = "logs",
        description = {
            "Show the host's log, every event included; a host need not be running.",
            "With --events or --url, the events alone, as the running host tells them."
        })
final class LogsCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only what names this binding or instance.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many of the latest records to show; 100.")
    private int lines = 100;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only later ones: 30s, 10m, 2h, 1d ago, a date, a date and a time.")
    private @Nullable String since;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only this level and above: DEBUG, INFO, WARN, ERROR.")
    private LogLevel level = LogLevel.TRACE;

    @Option(names = "--events", description = "Only events, from the running host.")
    private boolean events;

    LogsCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        LogFilter filter =
                new LogFilter(
                        Optional.ofNullable(since)
                                .map(text ->
                                        Since.read(text, Clock.system(ZoneId.systemDefault()))),
                        level,
                        Optional.ofNullable(name));
        if (events || host.byAddress()) {
            showEvents(filter);
        } else {
            showFile(host.home().log(), filter);
        }
    }

    private void showFile(Path log, LogFilter filter) {
        if (!Files.exists(log) && !follow) {
            throw new CommandFailure(
                    "There is no log at %s. Name the host's home with --home; for a host elsewhere, --url shows its events."
                            .formatted(log));
        }
        try {
            LogTail tail = new LogTail(log, filter, Math.max(0, lines));
            tail.read().forEach(this::print);
            if (follow) {
                new LogFollower(log, filter, this::print).follow(tail.end(), this::isHeard);
            }
        } catch (IOException e) {
            throw new CommandFailure("The log %s cannot be read: %s".formatted(log, e), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void showEvents(LogFilter filter) {
        AdminClient admin = host.admin();
        Deque<LogRecord> latest = new ArrayDeque<>();
        long[] last = {0};
        admin.events(
                0,
                false,
                event -> {
                    last[0] = Math.max(last[0], event.path("id").asLong(last[0]));
                    LogRecord entry = entry(event);
                    if (!isGap(event) && filter.test(entry)) {
                        latest.addLast(entry);
                        if (latest.size() > Math.max(0, lines)) {
                            latest.removeFirst();
                        }
                    }
                });
        latest.forEach(this::print);
        if (follow) {
            admin.events(
                    last[0],
                    true,
                    event -> {
                        LogRecord entry = entry(event);
                        if (isGap(event) || filter.test(entry)) {
                            print(entry);
                        }
                        if (!isHeard()) {
                            admin.stop();
                        }
                    });
        }
    }

    private static boolean isGap(JsonNode event) {
        return event.has("from");
    }

    private static LogRecord entry(JsonNode event) {
        if (isGap(event)) {
            return new LogRecord(
                    Optional.empty(),
                    LogLevel.WARN,
                    "(events %s to %s were lost)"
                            .formatted(Json.text(event, "from"), Json.text(event, "to")));
        }
        String time = Json.text(event, "time");
        String text =
                "%s %-5s %s %s %s"
                        .formatted(
                                time,
                                Json.text(event, "level"),
                                Json.text(event, "topic"),
                                Json.text(event, "subject"),
                                Json.text(event, "message"));
        return new LogRecord(instant(time), level(Json.text(event, "level")), text.stripTrailing());
    }

    private static Optional<Instant> instant(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static LogLevel level(String name) {
        try {
            return LogLevel.valueOf(name);
        } catch (IllegalArgumentException _) {
            return LogLevel.INFO;
        }
    }

    private void print(LogRecord entry) {
        shell.out().println(entry.text());
        shell.out().flush();
    }

    /** A pipe whose reader has gone, such as head, ends the following. */
    private boolean isHeard() {
        return !shell.out().checkError();
    }
}
