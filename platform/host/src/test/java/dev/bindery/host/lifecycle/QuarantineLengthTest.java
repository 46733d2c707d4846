package dev.bindery.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuarantineLengthTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final Quarantine quarantine = new Quarantine(Duration.ofMinutes(1));

    @Test
    void itDoublesUpToAnHour() {
        Instant now = START;
        long[] minutes = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long expected : minutes) {
            assertThat(quarantine.begin("a", now)).isEqualTo(Duration.ofMinutes(expected));
            assertThat(quarantine.holds("a", now.plusSeconds(expected * 60 - 1))).isTrue();
            assertThat(quarantine.holds("b", now)).isFalse();
            now = now.plusSeconds(expected * 60);
            assertThat(quarantine.holds("a", now)).isFalse();
        }
    }

    @Test
    void anHourWithoutFaultsAnotherJarAndAReleaseBeginAnew() {
        quarantine.begin("a", START);
        assertThat(quarantine.begin("b", START)).isEqualTo(Duration.ofMinutes(1));
        assertThat(quarantine.begin("b", START.plusSeconds(90))).isEqualTo(Duration.ofMinutes(2));
        quarantine.release();
        assertThat(quarantine.holds("b", START.plusSeconds(91))).isFalse();
        assertThat(quarantine.begin("b", START.plusSeconds(92))).isEqualTo(Duration.ofMinutes(1));
        assertThat(quarantine.begin("b", START.plusSeconds(92 + 3700)))
                .isEqualTo(Duration.ofMinutes(1));
    }
}
