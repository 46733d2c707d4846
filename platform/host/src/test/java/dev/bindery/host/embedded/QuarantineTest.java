package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.BindingState;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.generation.LifecycleLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A binding whose calls ignore their cancellation is kept away for a while. */
class QuarantineTest {
    private static final String DEAF =
            """
            callback.chunk("begun");
            while (!java.nio.file.Files.exists(context().dataDirectory().resolve("hear"))) {
                try { Thread.sleep(5); } catch (InterruptedException e) { }
            }
            return GenerationResult.of("begun");
            """;

    @TempDir Path folder;
    private HostHome home;

    private void start(Duration quarantine) {
        LifecycleLimits limits =
                LifecycleLimits.DEFAULT.withPatience(Duration.ofMillis(100), quarantine);
        home =
                new HostHome(
                        EmbeddedHost.start(HostOptions.of(folder.resolve("home")), limits), folder);
        home.install(
                BindingJar.generating("hi", "1.0.0", DEAF)
                        .text("config.yaml", BindingJar.card("hi", "1.0.0", "concurrency: 1")));
    }

    @AfterEach
    void stop() throws IOException {
        hear();
        home.host().close(Duration.ZERO);
    }

    private void hear() throws IOException {
        Path hear = home.host().home().data().resolve("hi/hear");
        if (!Files.exists(hear)) {
            Files.createFile(hear);
        }
    }

    private void getStuck() throws InterruptedException {
        CancellationSource cancellation = new CancellationSource();
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            try {
                home.host()
                        .models()
                        .generate(
                                HostHome.request("hi/m").toBuilder()
                                        .cancellation(cancellation)
                                        .build(),
                                _ -> {
                                    begun.countDown();
                                    return true;
                                });
            } catch (BindingException e) {
                ended.countDown();
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        cancellation.cancel();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private boolean isIn(BindingState state) {
        return home.binding("hi").state() == state;
    }

    @Test
    void stuckCallsKeepABindingAwayUntilTheOperatorReleasesIt() throws Exception {
        start(Duration.ofHours(1));
        getStuck();
        Wait.until("it is kept away", () -> isIn(BindingState.QUARANTINED));
        assertThat(home.binding("hi").reason())
                .startsWith("1 calls of hi ignore their cancellation")
                .contains("kept away for 3600 s")
                .endsWith("to let it serve now: bindery enable hi");
        assertThat(home.events()).contains("binding/QUARANTINED hi 1 calls of hi");
        assertThatThrownBy(() -> home.ask("hi/m"))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE))
                .hasMessageContaining("its binding is quarantined");
        hear();
        assertThat(home.host().bindings().enable("hi").state()).isEqualTo(BindingState.ACTIVE);
        assertThat(home.ask("hi/m")).isEqualTo("begun");
    }

    @Test
    void stuckCallsAreCountedAndTheBindingIsTriedAgainAfterAWhile() throws Exception {
        start(Duration.ofSeconds(1));
        getStuck();
        Wait.until("it is counted", () -> home.instance("hi").stuckCalls() == 1);
        assertThat(home.host().examine())
                .anySatisfy(found ->
                        assertThat(found.toString())
                                .contains("hi", "1 of its calls ignore", "--isolation process"));
        Wait.until("it was kept away", () -> home.events().contains("binding/QUARANTINED hi"));
        hear();
        Wait.until("it serves again", () -> home.answers("hi/m", "begun"));
        Wait.until("none is stuck", () -> home.instance("hi").stuckCalls() == 0);
        Wait.until("it is active", () -> isIn(BindingState.ACTIVE));
    }

    @Test
    void anotherJarIsNotKeptAwayForTheOldOne() throws Exception {
        start(Duration.ofHours(1));
        getStuck();
        Wait.until("it is kept away", () -> isIn(BindingState.QUARANTINED));
        home.install(BindingJar.answering("hi", "2.0.0", "better"));
        assertThat(home.ask("hi/m")).isEqualTo("better");
    }
}
