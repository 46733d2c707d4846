package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that are left alone: when that begins, what is told meanwhile, when it ends. */
class PausedTargetsTest {
    @TempDir static Path folder;
    private static RoutedHost hosted;

    @BeforeAll
    static void start() throws IOException {
        hosted = new RoutedHost(folder);
    }

    @AfterAll
    static void stop() {
        hosted.close();
    }

    @BeforeEach
    void everyTargetIsWell() {
        hosted.everyTargetIsWell();
    }

    @Test
    void aTargetThatFailsTooOftenIsPausedShownAndTriedAgain() throws Exception {
        hosted.set("router", "breaker_failures", 3);
        hosted.set("router", "breaker_pause_s", 1);
        hosted.script("aa", "fail UPSTREAM_UNAVAILABLE");
        for (int i = 0; i < 3; i++) {
            assertThat(hosted.ask("router/first")).isEqualTo("I am bb");
        }
        long asked = hosted.noted("aa", "calls");

        assertThat(hosted.ask("router/first")).isEqualTo("I am bb");
        BindingException e = hosted.failure("router/alone");

        assertThat(hosted.noted("aa", "calls")).as("it was left alone").isEqualTo(asked);
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(e.retryAfter().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(e).hasMessageContaining("aa/m: paused after failures");
        RoutedHost.await(
                "health says so",
                () ->
                        hosted.host()
                                .instances()
                                .find("router")
                                .orElseThrow()
                                .health()
                                .reason()
                                .contains("aa/m is paused"));

        hosted.script("aa", "ok");
        RoutedHost.await("it is asked again", () -> hosted.ask("router/first").equals("I am aa"));
        hosted.set("router", "breaker_pause_s", 30);
    }

    @Test
    void whenAllTargetsArePausedByRateLimitsTheFirstEndOfAPauseIsTold() throws IOException {
        hosted.script("aa", "fail RATE_LIMITED 90");
        hosted.script("bb", "fail OVERLOADED 40");
        hosted.failure("router/first");
        long asked = hosted.noted("aa", "calls") + hosted.noted("bb", "calls");

        BindingException e = hosted.failure("router/first");

        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(e.retryAfter().orElseThrow())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(40));
        assertThat(e).hasMessageContaining("aa/m: paused by its rate limit; bb/m: paused by");
        assertThat(hosted.noted("aa", "calls") + hosted.noted("bb", "calls"))
                .as("neither was asked")
                .isEqualTo(asked);
        assertThat(embedding("router/first").code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    private static BindingException embedding(String model) {
        return catchThrowableOfType(
                BindingException.class,
                () -> hosted.host().models().embed(EmbeddingRequest.of(model, List.of("x"))));
    }

    @Test
    void aTargetThatIsDownAmongLimitedOnesIsAnOutage() {
        hosted.script("aa", "fail UPSTREAM_UNAVAILABLE 90");
        hosted.script("bb", "fail RATE_LIMITED 90");
        hosted.failure("router/first");

        BindingException e = hosted.failure("router/first");

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(e).hasMessageContaining("aa/m: paused after failures; bb/m: paused by");
    }
}
