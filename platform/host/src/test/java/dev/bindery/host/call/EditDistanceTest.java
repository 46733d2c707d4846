package dev.bindery.host.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "abc, abc, 0", "'', abc, 3", "flaw, lawn, 2", "a, b, 1"})
    void countsLettersToChange(String a, String b, int distance) {
        assertThat(EditDistance.of(a, b)).isEqualTo(distance);
        assertThat(EditDistance.of(b, a)).isEqualTo(distance);
    }

    @Test
    void doesNotComputeOnVeryLongNames() {
        assertThat(EditDistance.of("x".repeat(1_000_000), "y")).isEqualTo(200);
    }
}
