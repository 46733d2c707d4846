package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceState;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret stays with its address, also while nobody watches. */
class SecretAddressTest {
    private static final String MOVED =
            "base_url would move from https://good.example.org to https://evil.example.net, but api_key was given for the old address";

    @TempDir Path folder;
    private HostHome home;

    private static BindingJar jar(String version, String address) {
        return BindingJar.generating(
                        "conf",
                        version,
                        "return GenerationResult.of(context().config().string(\"api_key\") + \" to \" + context().config().string(\"base_url\"));")
                .text(
                        "config.yaml",
                        BindingJar.card(
                                "conf",
                                version,
                                "settings: [{name: api_key, type: str, secret: true, required: true}, {name: base_url, type: str, value: \"%s\"}, {name: size, type: int, value: 1}]"
                                        .formatted(address)));
    }

    private void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.host().awaitSettled();
    }

    private void stop() {
        home.host().close(Duration.ZERO);
    }

    @BeforeEach
    void configured() {
        start();
        home.install(jar("1.0.0", "https://default.example.org"));
        home.configure("conf", "api_key", "s1", "base_url", "https://good.example.org/v1");
        assertThat(home.ask("conf/m")).isEqualTo("s1 to https://good.example.org/v1");
    }

    @AfterEach
    void end() {
        stop();
    }

    private Path file() {
        return home.host().home().instances().resolve("conf.yaml");
    }

    private Path secrets() {
        return home.host().home().secrets().resolve("instances/conf.yaml");
    }

    private void edit(String old, String now) throws IOException {
        String text = Files.readString(file());
        assertThat(text).contains(old);
        Files.writeString(file(), text.replace(old, now));
    }

    private void isRefused() {
        assertThat(home.instance("conf").state()).isEqualTo(InstanceState.FAILED);
        assertThat(home.instance("conf").reason())
                .startsWith(MOVED)
                .endsWith("put the old address back, then change both with bindery config conf");
    }

    @Test
    void anAddressEditedWhileTheHostWasStoppedGetsNoSecret() throws IOException {
        stop();
        edit("good.example.org", "evil.example.net");
        start();
        isRefused();
        assertThatThrownBy(() -> home.configure("conf", "size", 2))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(MOVED);
        assertThat(home.configure("conf", "api_key", "s2").state()).isEqualTo(InstanceState.ACTIVE);
        assertThat(home.ask("conf/m")).isEqualTo("s2 to https://evil.example.net/v1");
        stop();
        start();
        assertThat(home.ask("conf/m")).isEqualTo("s2 to https://evil.example.net/v1");
    }

    @Test
    void theOldAddressPutBackGetsTheSecretAgain() throws IOException {
        stop();
        edit("good.example.org", "evil.example.net");
        start();
        isRefused();
        edit("evil.example.net", "good.example.org");
        Wait.until(
                "it serves again",
                () -> home.answers("conf/m", "s1 to https://good.example.org/v1"));
    }

    @Test
    void aDeletedAddressMeansTheBindingsOwn() throws IOException {
        stop();
        edit("base_url: https://good.example.org/v1", "size: 2");
        start();
        assertThat(home.instance("conf").reason())
                .contains("from https://good.example.org to https://default.example.org");
    }

    @Test
    void anotherPathOfTheSameServerAndAnotherDefaultAreNoOtherAddress() throws IOException {
        stop();
        edit("good.example.org/v1", "good.example.org:443/v2");
        start();
        assertThat(home.ask("conf/m")).isEqualTo("s1 to https://good.example.org:443/v2");
        home.configure("conf", "base_url", null, "api_key", "s3");
        home.install(jar("2.0.0", "https://moved.example.org"));
        assertThat(home.ask("conf/m")).isEqualTo("s3 to https://moved.example.org");
    }

    @Test
    void aSecretWrittenByHandIsBoundWhenItIsFirstUsed() throws IOException {
        stop();
        Files.writeString(secrets(), "# mine\napi_key: s4\n");
        start();
        assertThat(home.ask("conf/m")).isEqualTo("s4 to https://good.example.org/v1");
        assertThat(secrets()).content().startsWith("# mine\napi_key: s4\n");
        stop();
        edit("good.example.org", "evil.example.net");
        start();
        isRefused();
    }
}
