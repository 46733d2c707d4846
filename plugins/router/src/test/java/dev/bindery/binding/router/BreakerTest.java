package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final BindingException down =
            new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "no connection");

    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final Breaker breaker =
            new Breaker(
                    new BreakerLimits(3, Duration.ofSeconds(60), Duration.ofSeconds(30)), now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private boolean fail() {
        return breaker.enter().orElseThrow().failed(down);
    }

    @Test
    void enoughFailuresInTheWindowPauseATarget() {
        assertThat(fail()).isFalse();
        assertThat(fail()).isFalse();
        assertThat(fail()).isTrue();

        assertThat(breaker.enter()).isEmpty();
        assertThat(breaker.remaining()).isEqualTo(Duration.ofSeconds(30));
        assertThat(breaker.standing().state()).isEqualTo(Breaker.State.PAUSED);
        assertThat(breaker.standing().lastFailure())
                .contains("UPSTREAM_UNAVAILABLE: no connection");
    }

    @Test
    void failuresOfLongAgoDoNotCount() {
        fail();
        fail();
        pass(Duration.ofSeconds(61));

        assertThat(fail()).isFalse();
        assertThat(breaker.standing().failures()).isOne();
        assertThat(breaker.enter()).isPresent();
    }

    @Test
    void aTargetThatMostlyAnswersIsNotPaused() {
        for (int i = 0; i < 20; i++) {
            breaker.enter().orElseThrow().answered();
        }
        for (int i = 0; i < 19; i++) {
            assertThat(fail()).isFalse();
        }
        assertThat(fail()).as("as many failures as answers").isTrue();
    }

    @Test
    void afterThePauseASingleRequestTriesItAndItsAnswerEndsThePause() {
        fail();
        fail();
        fail();
        pass(Duration.ofSeconds(30));

        Breaker.Pass probe = breaker.enter().orElseThrow();
        assertThat(breaker.enter()).as("one is enough").isEmpty();
        assertThat(breaker.standing().state()).isEqualTo(Breaker.State.TRIED);

        assertThat(probe.answered()).isTrue();
        assertThat(breaker.enter()).isPresent();
        assertThat(breaker.standing().state()).isEqualTo(Breaker.State.OPEN);
        assertThat(fail()).as("what was before is forgotten").isFalse();
    }

    @Test
    void aTryThatFailsBeginsTheNextPause() {
        fail();
        fail();
        fail();
        pass(Duration.ofSeconds(31));

        assertThat(fail()).as("it is no news").isFalse();
        assertThat(breaker.remaining()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aTryThatSaysNothingLeavesTheNextRequestToTry() {
        fail();
        fail();
        fail();
        pass(Duration.ofSeconds(30));

        breaker.enter().orElseThrow().undecided();

        assertThat(breaker.enter()).isPresent();
    }

    @Test
    void aLateFailureOfBeforeDoesNotEndATry() {
        Breaker.Pass slow = breaker.enter().orElseThrow();
        fail();
        fail();
        fail();
        pass(Duration.ofSeconds(30));
        Breaker.Pass probe = breaker.enter().orElseThrow();

        slow.failed(down);
        slow.undecided();

        assertThat(breaker.enter()).isEmpty();
        assertThat(probe.answered()).isTrue();
        assertThat(breaker.enter()).isPresent();
    }

    @Test
    void aProviderThatAsksToBeLeftAloneIsAtOnce() {
        Breaker.Pass pass = breaker.enter().orElseThrow();
        boolean paused =
                pass.failed(
                        BindingException.builder(ErrorCode.RATE_LIMITED, "slow down")
                                .retryAfter(Duration.ofSeconds(7))
                                .build());

        assertThat(paused).isTrue();
        assertThat(breaker.remaining()).isEqualTo(Duration.ofSeconds(7));
    }
}
