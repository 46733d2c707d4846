package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.cli.logs.LogFilter;
import dev.bindery.cli.logs.LogFollower;
import dev.bindery.cli.logs.LogLevel;
import dev.bindery.cli.logs.LogRecord;
import dev.bindery.cli.logs.Since;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final String LOG =
            """
            2026-11-23T10:00:00.000Z INFO  [main] d.b.events - binding/ACTIVE echo
            2026-11-23T11:00:00.000Z WARN  [t-1] d.b.binding.other - slow
            2026-11-23T12:00:00.000+01:00 ERROR [t-2] d.b.binding.echo-two - broke
            java.lang.IllegalStateException: here
            \tat some.Place(Place.java:1)
            2026-11-23T12:30:00.000Z INFO  [main] d.b.events - binding/UNLOADED echo echo#1
            """;

    @TempDir Path home;
    private Run.Place place;
    private Path log;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("logs"));
        log = home.resolve("logs/bindery.log");
        Files.writeString(log, LOG);
        place = new Run.Place().with("BINDERY_HOME", home);
    }

    @Test
    void theLogIsShownWhetherOrNotAHostRuns() {
        assertThat(place.run("logs").out()).isEqualTo(LOG);
        assertThat(place.run("logs", "-n", "1").out()).contains("UNLOADED").hasLineCount(1);
    }

    @Test
    void recordsAreChosenByLevelNameAndTimeWithAllTheirLines() {
        assertThat(place.run("logs", "--level", "error").out())
                .contains("broke", "IllegalStateException", "Place.java")
                .doesNotContain("slow");
        assertThat(place.run("logs", "echo").out())
                .contains("binding/ACTIVE echo", "UNLOADED")
                .doesNotContain("echo-two", "other");
        assertThat(place.run("logs", "--since", "2026-11-23T11:30:00Z").out())
                .contains("UNLOADED")
                .doesNotContain("slow", "broke");
    }

    @Test
    void rotatedFilesAreReadWhereATimeIsAskedFor() throws IOException {
        Path old = home.resolve("logs/bindery.2026-11-22.0.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(old))) {
            out.write(
                    "2026-11-22T10:00:00.000Z INFO  [main] x - yesterday\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(place.run("logs", "--since", "2026-11-22T09:00:00Z").out())
                .startsWith("2026-11-22T10")
                .endsWith("echo#1\n");
        assertThat(place.run("logs").out()).doesNotContain("yesterday");
    }

    @Test
    void noLogAndNoTimeAreSaid() throws IOException {
        Run wrong = place.run("logs", "--since", "yesterday");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("yesterday is no time");
        Files.delete(log);
        assertThat(place.run("logs").err()).contains("There is no log at " + log);
    }

    @Test
    void timesAreReadAsPeopleWriteThem() {
        Clock noon = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
        assertThat(Since.read("90m", noon)).isEqualTo("2026-11-23T10:30:00Z");
        assertThat(Since.read("2d", noon)).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(Since.read("2026-11-23", noon)).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(Since.read("2026-11-23 10:11:12", noon)).isEqualTo("2026-11-23T10:11:12Z");
    }

    @Test
    void aLogIsFollowedOverItsRotation() throws Exception {
        BlockingQueue<LogRecord> heard = new LinkedBlockingQueue<>();
        AtomicBoolean going = new AtomicBoolean(true);
        LogFilter all = new LogFilter(Optional.empty(), LogLevel.TRACE, Optional.empty());
        Thread follower =
                Thread.startVirtualThread(() -> {
                    try {
                        new LogFollower(log, all, heard::add).follow(LOG.length(), going::get);
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        try {
            append("2026-11-23T13:00:00.000Z INFO  [main] x - one\n");
            assertThat(next(heard)).endsWith("one");
            append("2026-11-23T13:00:01.000Z INFO  [main] x - two\n");
            Files.move(log, home.resolve("logs/rotated.log"));
            Files.writeString(log, "2026-11-23T13:00:02.000Z INFO  [main] x - three\n");
            assertThat(next(heard)).endsWith("two");
            assertThat(next(heard)).endsWith("three");
        } finally {
            going.set(false);
            follower.join();
        }
        assertThat(heard).isEmpty();
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private static String next(BlockingQueue<LogRecord> heard) throws InterruptedException {
        LogRecord next = heard.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next.text();
    }

    @Test
    void theEventsOfAHostElsewhereAreShown() throws IOException {
        try (FakeHost host = new FakeHost()) {
            host.answers(
                    "GET /admin/v1/events?until=now",
                    """
                    : events

                    id: 4
                    event: gap
                    data: {"from":1,"to":4,"message":"lost"}

                    id: 5
                    event: binding/ACTIVE
                    data: {"id":5,"time":"2026-11-23T10:00:00Z","level":"INFO","topic":"binding/ACTIVE","subject":"echo","message":"","data":{}}

                    id: 6
                    event: binding/FAILED
                    data: {"id":6,"time":"2026-11-23T10:00:01Z","level":"ERROR","topic":"binding/FAILED","subject":"two","message":"why","data":{}}

                    """);
            assertThat(place.run("logs", "--url", host.url()).out())
                    .isEqualTo(
                            """
                            2026-11-23T10:00:00Z INFO  binding/ACTIVE echo
                            2026-11-23T10:00:01Z ERROR binding/FAILED two why
                            """);
            assertThat(place.run("logs", "--url", host.url(), "--level", "ERROR", "two").out())
                    .hasLineCount(1);
        }
    }
}
