package dev.bindery.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir Path home;
    private Path path;
    private KeyFile file;
    private long nanos;

    @BeforeEach
    void make() {
        path = home.resolve("secrets/api-keys.json");
        file = new KeyFile(path);
    }

    private KeyRing ring(ApiKey... given) throws IOException {
        return new KeyRing(List.of(given), file, () -> nanos);
    }

    private void aSecondPasses() {
        nanos += Duration.ofSeconds(1).toNanos();
    }

    @Test
    void aKeyIsRecognisedAndOnlyItsHashIsKept() throws Exception {
        KeyRing ring = ring();
        assertThat(ring.isEmpty()).isTrue();
        String secret = ring.add("ci", List.of());
        assertThat(ring.find(secret)).map(ApiKey::name).hasValue("ci");
        assertThat(ring.find(secret + "x")).isEmpty();
        assertThat(Files.readString(path)).contains("\"ci\"").doesNotContain(secret);
        assertThat(ring.toString()).contains("ci").doesNotContain(secret);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keysOutliveTheProcessAndKeepWhatTheyMayUse() throws Exception {
        String secret = ring().add("ci", List.of("openai/*", "llamacpp/small"));
        ApiKey key = ring().find(secret).orElseThrow();
        assertThat(key.models()).containsExactly("openai/*", "llamacpp/small");
        assertThat(key.created()).isPresent();
        assertThat(key.permits("openai/gpt-4")).isTrue();
        assertThat(key.permits("openai/a/b")).isTrue();
        assertThat(key.permits("llamacpp/small")).isTrue();
        assertThat(key.permits("llamacpp/small2")).isFalse();
        assertThat(key.permits("xopenai/gpt")).isFalse();
    }

    @Test
    void whatAnotherProcessChangesIsSeenWithinASecond() throws Exception {
        KeyRing ring = ring();
        String secret = KeyRing.add(file, "late", List.of(), NOW);
        assertThat(ring.find(secret)).isEmpty();
        aSecondPasses();
        assertThat(ring.find(secret)).isPresent();
        assertThat(KeyRing.revoke(file, "late")).isTrue();
        aSecondPasses();
        assertThat(ring.find(secret)).isEmpty();
        assertThat(KeyRing.revoke(file, "late")).isFalse();
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceWhereItWasRevoked() throws Exception {
        KeyRing ring = ring();
        String secret = ring.add("ci", List.of());
        String other = ring.add("app", List.of());
        assertThat(ring.revoke("ci")).isTrue();
        assertThat(ring.find(secret)).isEmpty();
        assertThat(ring.find(other)).isPresent();
    }

    @Test
    void aBrokenFileStopsAStartAndLeavesARunningServerItsKeys() throws Exception {
        KeyRing ring = ring();
        String secret = ring.add("ci", List.of());
        Files.writeString(path, "{\"keys\":[{\"name\":\"ci\",\"sha256\":\"12\"}]}");
        aSecondPasses();
        assertThat(ring.find(secret)).isPresent();
        assertThatThrownBy(this::ring)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("api-keys.json does not hold API keys")
                .hasMessageContaining("64 hexadecimal digits");
        for (String text : List.of("", "[]", "{\"keys\":3}", "{\"keys\":[{}]}", "not json")) {
            Files.writeString(path, text);
            assertThatThrownBy(file::read).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> ring.add("more", List.of())).isInstanceOf(IOException.class);
        Path latin = path.resolveSibling("latin.json");
        Files.write(latin, new byte[] {'"', (byte) 0xe9, '"'});
        for (Path other : List.of(latin, path.getParent())) {
            assertThatThrownBy(() -> new KeyFile(other).read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(other.toString());
        }
        assertThat(path).content().isEqualTo("not json");
    }

    @Test
    void namesAreUniqueAndPlain() throws Exception {
        KeyRing ring = ring(ApiKey.of("env", "sk-env"));
        ring.add("ci", List.of());
        assertThatThrownBy(() -> ring.add("ci", List.of())).hasMessageContaining("already");
        assertThatThrownBy(() -> ring.add("env", List.of())).hasMessageContaining("already");
        assertThatThrownBy(() -> ring.add("no spaces", List.of()))
                .hasMessageContaining("'no spaces' cannot be an API key's name");
        assertThatThrownBy(() -> ring.add("x", List.of(" "))).hasMessageContaining("empty model");
        assertThat(ring.find("sk-env")).map(ApiKey::name).hasValue("env");
    }

    @Test
    void keysAddedAtTheSameTimeAreAllKept() throws Exception {
        List<Future<String>> added = new ArrayList<>();
        try (ExecutorService adders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "key-" + i;
                added.add(
                        adders.submit(() -> KeyRing.add(new KeyFile(path), name, List.of(), NOW)));
            }
        }
        for (Future<String> secret : added) {
            assertThat(secret.get()).isNotBlank();
        }
        assertThat(file.read()).hasSize(20);
        try (var files = Files.list(path.getParent())) {
            assertThat(files.map(found -> found.getFileName().toString()))
                    .containsExactlyInAnyOrder("api-keys.json", ".api-keys.json.lock");
        }
    }
}
