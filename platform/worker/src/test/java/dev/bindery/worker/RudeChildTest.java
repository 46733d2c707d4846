package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that hangs, floods or does not end holds nobody up for longer than the limits say. */
@Timeout(180)
class RudeChildTest {
    @TempDir Path folder;

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hears nothing, it did not answer GET /v1/events within 20000 ms",
        "refuses events, it answered GET /v1/events with 503 instead of 200"
    })
    void aChildThatCannotBeHeardDoesNotStart(String manner, String said) {
        ProcessBinding binding = binding(manner);

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> binding.start(new Puppeteer(folder)))
                .withMessageContaining(said);
    }

    @Test
    void aCallIsGivenUpThoughTheChildAnswersNotEvenItsCancellation() throws Exception {
        ProcessBinding binding = binding("answers nothing");
        binding.start(new Puppeteer(folder));
        CancellationSource cancellation = new CancellationSource();
        CountDownLatch asked = new CountDownLatch(1);
        Thread canceller =
                Thread.ofVirtual()
                        .start(() -> {
                            awaitQuietly(asked);
                            cancellation.cancel();
                        });
        try {
            assertThatExceptionOfType(BindingException.class)
                    .isThrownBy(() -> {
                        asked.countDown();
                        binding.generate(
                                GenerationRequest.prompt("m", "x")
                                        .cancellation(cancellation)
                                        .build(),
                                GenerationCallback.IGNORE);
                    })
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            canceller.join();
        } finally {
            binding.stop();
        }
    }

    @Test
    void aCallWhoseConnectionBreaksAtOnceIsSentOnceMore() {
        ProcessBinding binding = binding("drops a call once");
        binding.start(new Puppeteer(folder));
        try {
            assertThat(generate(binding).text()).isEqualTo("1");
            assertThat(generate(binding).text()).isEqualTo("2");
        } finally {
            binding.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drops every call", "drops a call that it began"})
    void aCallThatMayHaveBegunIsNotSentAgain(String manner) {
        ProcessBinding binding = binding(manner);
        binding.start(new Puppeteer(folder));
        try {
            assertThatExceptionOfType(BindingException.class)
                    .isThrownBy(() -> generate(binding))
                    .withMessageContaining("connection to the binding's process broke: ")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
        } finally {
            binding.stop();
        }
    }

    private static GenerationResult generate(ProcessBinding binding) {
        return binding.generate(
                GenerationRequest.prompt("m", "x").build(), GenerationCallback.IGNORE);
    }

    @Test
    void aChildThatNeverStopsIsKilled() {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        ProcessBinding binding = binding("never stops");
        binding.start(new Puppeteer(folder));
        ProcessHandle child =
                ProcessHandle.current()
                        .children()
                        .filter(process -> !before.contains(process))
                        .findFirst()
                        .orElseThrow();

        binding.stop();

        Await.until(() -> !child.isAlive());
    }

    @Test
    void gigabytesOfOutputAreReadAwayInLittleMemory() {
        Puppeteer host = new Puppeteer(folder);
        ProcessBinding binding = binding("floods");
        binding.start(host);
        try {
            Await.until(() -> host.logged.stream().anyMatch(l -> l.contains("flood is over")));
            assertThat(host.logged.stream().mapToLong(String::length).sum()).isLessThan(100_000);
        } finally {
            binding.stop();
        }
    }

    @Test
    void aFloodOfNotificationsIsCut() {
        Puppeteer host = new Puppeteer(folder);
        ProcessBinding binding = binding("shouts");
        binding.start(host);
        try {
            Await.until(() -> host.logged.contains("INFO all shouted"));
            assertThat(host.told).hasSizeBetween(100, 5_000);
        } finally {
            binding.stop();
        }
    }

    private ProcessBinding binding(String manner) {
        return new ProcessBinding(
                _ ->
                        List.of(
                                JvmCommand.ofThisHost("64m").java().toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RudeChild.class.getName(),
                                manner),
                new StagedCode(folder.resolve("none.jar"), List.of(), Set.of()),
                folder.resolve("scratch"),
                new ProcessLimits(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
