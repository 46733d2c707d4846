package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyFile;
import dev.bindery.server.keys.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir Path home;
    private Run.Place place;

    @BeforeEach
    void choose() {
        place = new Run.Place().with("BINDERY_HOME", home);
    }

    @Test
    void aKeyIsShownOnceAndWorksFromThenOn() throws Exception {
        Run added = place.run("keys", "add", "ci", "--model", "openai/*", "--model", "echo/echo");
        assertThat(added.exit()).isZero();
        String secret = added.out().strip();
        assertThat(added.err()).contains("not shown again").doesNotContain(secret);
        ApiKey key = ring().find(secret).orElseThrow();
        assertThat(key.models()).containsExactly("openai/*", "echo/echo");

        Run listed = place.run("keys", "list");
        assertThat(listed.out())
                .contains("NAME", "ci", "openai/* echo/echo")
                .doesNotContain(secret);
        assertThat(place.run("keys", "list", "--json").out())
                .contains("\"name\" : \"ci\"")
                .doesNotContain(secret, "sha256");
    }

    @Test
    void whatTheFirstKeyAndTheLastOneChangeIsSaid() throws Exception {
        String first = "from now on every client needs a key";
        assertThat(place.run("keys", "add", "one").err()).contains(first);
        assertThat(place.run("keys", "add", "two").err()).doesNotContain(first);
        assertThat(place.run("keys", "revoke", "one").err()).isEmpty();
        assertThat(place.run("keys", "revoke", "two").err())
                .contains("There are no keys in this home any more");
    }

    @Test
    void aKeyForModelsThatThereAreNoneOfIsMadeWithAWarning() throws Exception {
        try (FakeHost host = new FakeHost()) {
            host.answers("GET /admin/v1/models", "{\"models\":[{\"id\":\"echo/echo\"}]}");
            Files.createDirectories(home.resolve("state"));
            Files.writeString(
                    home.resolve("state/running.json"), "{\"address\": \"" + host.url() + "\"}");

            Run none = place.run("keys", "add", "a", "--model", "nosuch/*", "--model", "echo/*");

            assertThat(none.exit()).isZero();
            assertThat(none.err())
                    .contains("No model that there is now fits nosuch/*.")
                    .doesNotContain("fits echo/*");
        }
    }

    @Test
    void aRevokedKeyIsGone() throws Exception {
        String secret = place.run("keys", "add", "ci").out().strip();
        assertThat(place.run("keys", "revoke", "ci").out()).isEqualTo("ci is revoked.\n");
        assertThat(ring().find(secret)).isEmpty();
        Run again = place.run("keys", "revoke", "ci");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("There is no API key named ci");
        assertThat(place.run("keys", "list").out()).contains("There are no API keys");
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() throws Exception {
        place.run("keys", "add", "ci");
        assertThat(place.run("keys", "add", "ci").err()).contains("already");
        assertThat(place.run("keys", "add", "a b").err()).contains("cannot be an API key's name");
        assertThat(place.run("keys").exit()).isEqualTo(2);
        Files.writeString(home.resolve("secrets/api-keys.json"), "nonsense");
        Run broken = place.run("keys", "list");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).contains("does not hold API keys");
    }

    private KeyRing ring() throws Exception {
        return KeyRing.of(List.of(), new KeyFile(home.resolve("secrets/api-keys.json")));
    }
}
