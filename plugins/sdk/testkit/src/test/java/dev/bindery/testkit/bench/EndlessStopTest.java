package dev.bindery.testkit.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stop that never ends is waited for once. */
class EndlessStopTest {
    private final EndlessStop endless = new EndlessStop();

    @Test
    void whatWasSeenNotToEndIsNotTriedAgain() {
        assertThatThrownBy(() -> endless.seen(() -> stop(() -> new CountDownLatch(1).await())))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("stop did not end within 0 s; it was at ");

        assertThatThrownBy(endless::check)
                .isInstanceOf(Inapplicable.class)
                .hasMessageContaining("its stop does not end, as another check says");
    }

    @Test
    void whatEndsMayBeStoppedAgain() throws Exception {
        var _ = endless.seen(() -> stop(() -> {}));

        assertThatCode(endless::check).doesNotThrowAnyException();
    }

    private Attempt<Boolean> stop(Stop code) throws InterruptedException {
        ClassLoader ours = getClass().getClassLoader();
        return new Attempt<>("stop", ours, false, () -> done(code))
                .finished(Duration.ofMillis(300));
    }

    private static boolean done(Stop code) throws InterruptedException {
        code.run();
        return true;
    }

    private interface Stop {
        void run() throws InterruptedException;
    }
}
