package dev.bindery.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSettingsTest {
    @TempDir Path conf;

    private static RunSettings environment(Map<String, String> variables) {
        return EnvironmentSettings.of(
                new Shell(
                        InputStream.nullInputStream(),
                        new PrintWriter(Writer.nullWriter()),
                        new PrintWriter(Writer.nullWriter()),
                        variables,
                        Terminal.NONE));
    }

    @Test
    void everyOptionHasAVariable() {
        RunSettings settings =
                environment(
                        Map.ofEntries(
                                Map.entry("BINDERY_HOST", "::1"),
                                Map.entry("BINDERY_PORT", " 9700 "),
                                Map.entry("BINDERY_ALLOW_HOST", "a.example, b.example"),
                                Map.entry("BINDERY_ALLOW_ORIGIN", "https://c.example"),
                                Map.entry("BINDERY_FETCH", "off"),
                                Map.entry("BINDERY_ALLOW_FETCH", "nas.lan"),
                                Map.entry("BINDERY_TLS_CERT", "/a/cert.pem"),
                                Map.entry("BINDERY_TLS_KEY", "/a/key.pem"),
                                Map.entry("BINDERY_GRACE", "5"),
                                Map.entry("BINDERY_ACCESS_LOG", "off"),
                                Map.entry("BINDERY_MODEL", "off")));
        assertThat(settings.host()).contains("::1");
        assertThat(settings.port()).contains(9700);
        assertThat(settings.allowedHosts()).contains(Set.of("a.example", "b.example"));
        assertThat(settings.allowedOrigins()).contains(Set.of("https://c.example"));
        assertThat(settings.fetchRules().enabled()).isFalse();
        assertThat(settings.fetchRules().allowedHosts()).containsExactly("nas.lan");
        assertThat(settings.tls().orElseThrow().key()).isEqualTo(Path.of("/a/key.pem"));
        assertThat(settings.grace()).contains(Duration.ofSeconds(5));
        assertThat(settings.accessLog()).contains(false);
        assertThat(settings.model()).contains(false);
    }

    @Test
    void whatAVariableCannotSayIsRefusedByItsName() {
        assertThatThrownBy(() -> environment(Map.of("BINDERY_PORT", "many")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("BINDERY_PORT is many, but a port is a whole number from 0 on.");
        assertThatThrownBy(() -> environment(Map.of("BINDERY_FETCH", "no")))
                .hasMessage("BINDERY_FETCH is no; it takes on or off.");
    }

    @Test
    void theFirstPlaceThatSaysSomethingDecides() throws Exception {
        Path file =
                Files.writeString(
                        conf.resolve("bindery.yaml"),
                        "port: 1\nhost: of.the.file\nallow_host: [of.the.file]\ngrace_s: 7\n");
        RunSettings commandLine = environment(Map.of("BINDERY_PORT", "3"));
        RunSettings variables =
                environment(Map.of("BINDERY_PORT", "2", "BINDERY_HOST", "of.the.variable"));
        RunSettings all = commandLine.or(variables).or(FileSettings.of(file));
        assertThat(all.port()).contains(3);
        assertThat(all.host()).contains("of.the.variable");
        assertThat(all.allowedHosts()).contains(Set.of("of.the.file"));
        assertThat(all.grace()).contains(Duration.ofSeconds(7));
        assertThat(all.fetchRules().enabled()).isTrue();
    }

    @Test
    void aCertificateNeedsItsKeyAndAKeyItsCertificate() {
        assertThatThrownBy(() -> environment(Map.of("BINDERY_TLS_CERT", "/a/c.pem")).tls())
                .hasMessageStartingWith("The certificate /a/c.pem needs its key: give --tls-key");
        assertThatThrownBy(() -> environment(Map.of("BINDERY_TLS_KEY", "/a/k.pem")).tls())
                .hasMessageStartingWith("The key /a/k.pem needs its certificate");
    }

    @Test
    void tlsThatWasWrittenDownCanBeSwitchedOff() throws IOException {
        Path file = conf.resolve("bindery.yaml");
        Files.writeString(file, "tls: {cert: cert.pem, key: key.pem}\n");
        RunSettings written = FileSettings.of(file);

        assertThat(written.tls()).isPresent();
        assertThat(environment(Map.of("BINDERY_TLS", "off")).or(written).tls()).isEmpty();
        assertThat(environment(Map.of("BINDERY_TLS", "on")).or(written).tls()).isPresent();
        assertThat(
                        environment(Map.of("BINDERY_TLS", "off"))
                                .or(environment(Map.of("BINDERY_TLS_CERT", "/a/c.pem")))
                                .tls())
                .as("half a choice that does not count")
                .isEmpty();
        assertThatThrownBy(() -> environment(Map.of("BINDERY_TLS", "on")).tls())
                .hasMessageStartingWith("TLS needs a certificate and its key: give --tls-cert");
    }
}
