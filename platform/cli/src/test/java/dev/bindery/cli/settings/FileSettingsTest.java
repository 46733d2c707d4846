package dev.bindery.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.cli.shell.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSettingsTest {
    private static final Path README = Path.of("../../distribution/README.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```yaml\n(# conf/bindery\\.yaml\n.*?)```", Pattern.DOTALL);

    @TempDir Path conf;
    private Path file;

    @BeforeEach
    void name() {
        file = conf.resolve("bindery.yaml");
    }

    private RunSettings read(String text) throws IOException {
        Files.writeString(file, text);
        return FileSettings.of(file);
    }

    private void isRefused(String text, int line, String... why) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> FileSettings.of(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("%s, line %d: ", file, line)
                .hasMessageContainingAll(why);
    }

    @Test
    void whatIsNotThereChoosesNothing() throws Exception {
        RunSettings none = FileSettings.of(file);
        assertThat(read("# a remark\n")).isEqualTo(none);
        assertThat(none.port()).isEmpty();
        assertThat(none.allowedHosts()).isEmpty();
        assertThat(none.tls()).isEmpty();
    }

    /** The example is complete: every field is in it, with another value than the usual one. */
    @Test
    void theDocumentedExampleIsRead() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(README));
        assertThat(example.find()).as("the example in " + README).isTrue();
        RunSettings settings = read(example.group(1));
        assertThat(settings.host()).contains("0.0.0.0");
        assertThat(settings.port()).contains(9643);
        assertThat(settings.tls().orElseThrow().certificate())
                .isEqualTo(Path.of("/etc/bindery/fullchain.pem"));
        assertThat(settings.tls().orElseThrow().key()).isEqualTo(conf.resolve("tls/privkey.pem"));
        assertThat(settings.allowedHosts()).contains(Set.of("bindery.example.org"));
        assertThat(settings.allowedOrigins()).contains(Set.of("https://app.example.org"));
        assertThat(settings.fetch()).contains(true);
        assertThat(settings.allowedFetches()).contains(Set.of("nas.lan"));
        assertThat(settings.grace()).contains(Duration.ofSeconds(60));
        assertThat(settings.accessLog()).contains(false);
        assertThat(settings.model()).contains(false);
    }

    @Test
    void tlsMayBeOff() throws Exception {
        assertThat(read("tls: off\n").speaksTls()).contains(false);
        assertThat(read("tls: off\n").tls()).isEmpty();
        assertThat(read("tls: false\n")).isEqualTo(read("tls: off\n"));
        assertThatThrownBy(() -> read("tls: true\n").tls()).hasMessageContaining("tls.cert");
    }

    @Test
    void unknownFieldsAndWrongKindsAreRefusedWithLineAndWhatIsAllowed() throws Exception {
        isRefused("host: a\nprot: 1\n", 2, "prot: unknown field; allowed: host, port, allow_host");
        isRefused("tls:\n  cert: a\n  certs: b\n", 3, "tls.certs: unknown field; allowed: cert");
        isRefused("port: many\n", 1, "port: found \"many\", expected a whole number");
        isRefused("port: 70000\n", 1, "port: found 70000, expected 0 to 65535");
        isRefused("grace_s: -1\n", 1, "grace_s: found -1, expected 0 to ");
        isRefused("\nfetch: perhaps\n", 2, "fetch: found \"perhaps\", expected true or false");
        isRefused("allow_host: a.b\n", 1, "allow_host: found \"a.b\", expected a list of texts");
        isRefused("allow_host: [https://a.b/]\n", 1, "allow_host", "is no name of a host");
        isRefused("allow_origin: [a.b]\n", 1, "allow_origin", "is no origin of web pages");
        isRefused("tls: /a/b\n", 1, "tls: expected a map");
        isRefused("port: 1\nport: 2\n", 2, "the field port is there twice");
        isRefused("host: [\n", 2, "not valid YAML");
    }

    @Test
    void secretsAreRefusedAndNotRepeated() throws Exception {
        for (String name : new String[] {"api_keys", "api-key", "admin_token", "password"}) {
            isRefused("port: 1\n" + name + ": hunter2\n", 2, name, "bindery keys add NAME");
            assertThatThrownBy(() -> FileSettings.of(file)).hasMessageNotContaining("hunter2");
        }
        isRefused(
                "tls:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    hunter2\n",
                2,
                "tls.key: expected a file's name");
        assertThatThrownBy(() -> FileSettings.of(file)).hasMessageNotContaining("hunter2");
    }

    @Test
    void hostsAndOriginsAreReadAsTheyAreCompared() throws Exception {
        RunSettings settings =
                read(
                        """
                        allow_host: [Bindery.Example.ORG, "other.example:9600"]
                        allow_origin: ["HTTPS://App.Example.org:443/", "http://localhost:3000"]
                        """);
        assertThat(settings.allowedHosts())
                .contains(Set.of("bindery.example.org", "other.example"));
        assertThat(settings.allowedOrigins())
                .contains(Set.of("https://app.example.org", "http://localhost:3000"));
    }
}
