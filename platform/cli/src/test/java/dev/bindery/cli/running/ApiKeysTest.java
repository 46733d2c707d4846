package dev.bindery.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.Terminal;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static KeyRing keys(String written) {
        return KeyRing.of(
                ApiKeys.of(
                        new Shell(
                                InputStream.nullInputStream(),
                                new PrintWriter(Writer.nullWriter()),
                                new PrintWriter(Writer.nullWriter()),
                                Map.of("BINDERY_API_KEYS", written),
                                Terminal.NONE)));
    }

    @ParameterizedTest
    @CsvSource({
        "ci=secret, secret, ci",
        "secret, secret, key-1",
        "ci=c2VjcmV0IHNlY3JldCE=, c2VjcmV0IHNlY3JldCE=, ci",
        "c2VjcmV0IHNlY3JldCE=, c2VjcmV0IHNlY3JldCE=, key-1",
        "c2VjcmV0IHNlY3JldA==, c2VjcmV0IHNlY3JldA==, key-1",
        "c2VjcmV0-3NlY3J_dA==, c2VjcmV0-3NlY3J_dA==, key-1",
        "ci=a=b, a=b, ci",
        "=secret, =secret, key-1"
    })
    void aSecretMayEndAsBase64Does(String written, String shown, String name) {
        KeyRing keys = keys(written);
        assertThat(keys.given()).hasSize(1);
        assertThat(keys.find(shown).map(ApiKey::name)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci=", "ci==", "production=", "a-rather-long-name="})
    void aNameWithoutASecretIsNotTakenForOne(String written) {
        assertThatThrownBy(() -> keys("one=1," + written))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("API key 2 has no secret; write NAME=SECRET, or the secret alone.");
    }

    @Test
    void whatMayBeAPartOfASecretIsNotRepeated() {
        assertThatThrownBy(() -> keys("hun/ter=2"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("API key 1 is no name")
                .hasMessageNotContaining("hun/ter");
    }
}
