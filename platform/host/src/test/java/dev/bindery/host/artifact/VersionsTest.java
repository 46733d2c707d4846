package dev.bindery.host.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
    @Test
    void versionsAreOrderedAsSemverSays() {
        List<String> ascending =
                List.of(
                        "0.9.10",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.1",
                        "1.2.0",
                        "1.10.0",
                        "2.0.0");
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(Versions.compare(ascending.get(i), ascending.get(j))))
                        .as("%s and %s", ascending.get(i), ascending.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        assertThat(Versions.compare("1.0.0+a", "1.0.0+b")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        ">=0.1 <1, 0.1, true",
        ">=0.1 <1, 0.9.9, true",
        ">=0.1 <1, 1.0.0, false",
        ">=0.1 <1, 0.0.9, false",
        ">1, 1.0, false",
        "<=2, 2.0.0, true",
        "=1.2, 1.2.0, true",
        "1.2, 1.3, false",
    })
    void aRangeContainsWhatMeetsEveryCondition(String range, String version, boolean contained) {
        assertThat(VersionRange.parse(range).contains(version)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "newest", ">= 1", ">=1,<2", "~1", "1.x"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a range such as");
    }
}
