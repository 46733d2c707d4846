package dev.bindery.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CarrierCountTest {
    private final CarrierCount carriers = new CarrierCount(2, 24);
    private long now = Long.MAX_VALUE - 5;

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private int afterAStall() {
        carriers.stalled(now);
        return carriers.count();
    }

    private int afterMoving() {
        carriers.moved(now);
        return carriers.count();
    }

    @Test
    void eachStallDoublesThemUpToTheGreatestNumber() {
        assertThat(carriers.count()).isEqualTo(2);
        assertThat(afterAStall()).isEqualTo(4);
        assertThat(afterAStall()).isEqualTo(8);
        assertThat(afterAStall()).isEqualTo(16);
        assertThat(carriers.isGreatest()).isFalse();
        assertThat(afterAStall()).isEqualTo(24);
        assertThat(carriers.isGreatest()).isTrue();
        assertThat(afterAStall()).isEqualTo(24);
    }

    @Test
    void theyBecomeFewerStepByStepWhenAllMove() {
        afterAStall();
        afterAStall();
        pass(9);
        assertThat(afterMoving()).isEqualTo(8);
        pass(1);
        assertThat(afterMoving()).isEqualTo(4);
        assertThat(afterMoving()).isEqualTo(4);
        pass(10);
        assertThat(afterMoving()).isEqualTo(2);
        pass(10);
        assertThat(afterMoving()).isEqualTo(2);
    }

    @Test
    void whereFewerAreNotEnoughTheNextAttemptWaitsLonger() {
        afterAStall();
        pass(10);
        assertThat(afterMoving()).isEqualTo(2);
        assertThat(afterAStall()).isEqualTo(4);
        pass(10);
        assertThat(afterMoving()).isEqualTo(4);
        pass(10);
        assertThat(afterMoving()).isEqualTo(2);
        pass(20);
        afterMoving();
        afterAStall();
        pass(10);
        assertThat(afterMoving()).as("forgotten after a calm time").isEqualTo(2);
    }
}
