package dev.bindery.binding.managed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void eachPauseIsTwiceTheLastUpToTheMost() {
        Backoff backoff = new Backoff(Duration.ofSeconds(5));

        assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aLongRunBeginsAnew() {
        Backoff backoff = new Backoff(Duration.ofSeconds(60));
        backoff.after(Duration.ZERO);
        backoff.after(Duration.ZERO);

        assertThat(backoff.after(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(1));
    }
}
