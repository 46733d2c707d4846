package dev.bindery.host.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.fixture.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelUseTest {
    private static final List<String> LOADED = List.of("a", "b");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private ModelUse use = limited(Duration.ofSeconds(10));

    private ModelUse limited(Duration limit) {
        return new ModelUse(Optional.ofNullable(limit), now::get);
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void begin(String model) {
        use.begin(model, Cancellation.NONE, Duration.ZERO);
    }

    private void call(String model, int keep) {
        begin(model);
        use.end(model, Optional.of(Duration.ofSeconds(keep)));
    }

    private List<String> leaving() {
        return List.copyOf(use.leaving(LOADED, now.get()).keySet());
    }

    @Test
    void aModelLeavesAfterItsLimitWithoutACall() {
        assertThat(leaving()).as("counted from when it was first seen").isEmpty();
        pass(6);
        begin("a");
        use.end("a", Optional.empty());
        pass(5);
        assertThat(use.isLookDue()).isTrue();
        assertThat(use.leaving(LOADED, now.get())).containsOnlyKeys("b").containsValue(seconds(11));
        assertThat(use.remaining("a")).hasValue(seconds(5));
        pass(5);
        assertThat(leaving()).as("and only once").containsExactly("a");
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void neverDuringACall() {
        leaving();
        begin("a");
        begin("b");
        pass(60);
        use.giveUp("b");
        assertThat(leaving()).as("a call that never came to it is none").containsExactly("b");
        assertThat(use.remaining("a")).hasValue(seconds(10));
    }

    @Test
    void aCallsOwnTimeGoesBeforeTheLimitUntilTheNextCall() {
        call("a", 3);
        call("b", -1);
        pass(4);
        assertThat(use.isLookDue()).isTrue();
        assertThat(leaving()).containsExactly("a");
        use.freed("a");
        pass(1000);
        assertThat(leaving()).as("b is kept for ever").doesNotContain("b");
        assertThat(use.remaining("b")).isEmpty();
        begin("b");
        use.end("b", Optional.empty());
        pass(10);
        assertThat(leaving()).contains("b");
    }

    @Test
    void withoutALimitOnlyWhatACallWantedIsFreed() {
        use = limited(null);
        assertThat(leaving()).isEmpty();
        pass(100_000);
        assertThat(use.isLookDue()).isFalse();
        assertThat(leaving()).isEmpty();
        call("a", 5);
        pass(5);
        assertThat(use.isLookDue()).isTrue();
        assertThat(leaving()).containsExactly("a");
        use.limit(Optional.of(seconds(7)));
        pass(7);
        assertThat(use.isLookDue()).as("a limit counts from when it is set").isTrue();
        assertThat(leaving()).containsExactly("b");
    }

    @Test
    void namesThatLeadNowhereAreForgotten() {
        call("made-up", 60);
        pass(1);
        leaving();
        assertThat(use.remaining("made-up")).isEmpty();
    }

    @Test
    void aCallWaitsWhileItsModelIsBeingFreed() throws InterruptedException {
        leaving();
        pass(10);
        assertThat(leaving()).contains("a");
        assertThatThrownBy(() -> begin("a"))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> use.begin("a", Cancellation.NONE, Duration.ofMinutes(1)));
        Wait.until("it waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
        use.freed("a");
        caller.join();
        pass(100);
        assertThat(leaving()).as("it has a call now").doesNotContain("a");
    }

    @Test
    void whatWasNotFreedIsTriedAgainLater() {
        leaving();
        pass(10);
        leaving();
        use.kept("a");
        assertThat(leaving()).isEmpty();
        pass(10);
        assertThat(leaving()).containsExactly("a");
    }
}
