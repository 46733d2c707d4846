package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.JsonValue;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.generation.LifecycleLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ConfigAdminTest {
    @TempDir Path home;
    @TempDir Path jars;
    private EmbeddedHost host;

    @BeforeEach
    void start() throws IOException {
        host = EmbeddedHost.start(HostOptions.of(home), LifecycleLimits.DEFAULT);
        Path jar =
                BindingJar.answering("hi", "1.0.0", "hello")
                        .card(
                                "hi",
                                "1.0.0",
                                "settings:",
                                "  - {name: heat, type: float, value: 0.5, min: 0, max: 1}",
                                "  - {name: words, type: list, value: [a, b]}",
                                "  - {name: api_key, type: str, secret: true, value: \"\"}")
                        .writeTo(jars.resolve("hi.jar"));
        host.bindings().install(jar);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Configuration configuration() throws IOException {
        var context = host.felix().context();
        ConfigurationAdmin admin =
                context.getService(context.getServiceReference(ConfigurationAdmin.class));
        return admin.getFactoryConfiguration("dev.bindery.instance", "hi", "?");
    }

    private Map<String, JsonValue> settings() {
        return host.instances().find("hi").orElseThrow().settings().fields();
    }

    @Test
    void anInstancesSettingsStandInConfigAdminWithoutItsSecrets() throws IOException {
        host.instances()
                .configure(
                        "hi",
                        InstanceChange.settings(
                                Map.of(
                                        "heat", JsonValue.of(0.75),
                                        "api_key", JsonValue.of("very-secret"))));
        Dictionary<String, Object> shown = configuration().getProcessedProperties(null);
        assertThat(shown.get("heat")).isEqualTo("0.75");
        assertThat((String[]) shown.get("words")).containsExactly("a", "b");
        assertThat(Collections.list(shown.elements())).doesNotContain("very-secret");
    }

    @Test
    void changesInQuickSuccessionAreNotUndoneByWhatConfigAdminTellsLate() {
        for (int i = 0; i <= 100; i++) {
            JsonValue heat = JsonValue.of(i / 100.0);
            host.instances().configure("hi", InstanceChange.settings(Map.of("heat", heat)));
            assertThat(settings().get("heat")).isEqualTo(heat);
        }
    }

    @Test
    @SuppressWarnings("JdkObsolete") // OSGi takes a Dictionary, and Hashtable is the one there is.
    void whatIsChangedInConfigAdminIsInForce() throws IOException {
        configuration().update(new Hashtable<>(Map.of("heat", "1", "words", new String[] {"c"})));
        Wait.until("the change is in force", () -> settings().get("heat").equals(JsonValue.of(1)));
        assertThat(settings()).containsEntry("words", JsonValue.of(java.util.List.of("c")));
    }

    @Test
    @SuppressWarnings("JdkObsolete") // OSGi takes a Dictionary, and Hashtable is the one there is.
    void whatIsRefusedIsUndoneInConfigAdmin() throws IOException {
        configuration()
                .update(new Hashtable<>(Map.of("heat", "7", "words", new String[] {"a", "b"})));
        Wait.until(
                "ConfigAdmin shows the old value again",
                () -> configuration().getProcessedProperties(null).get("heat").equals("0.5"));
        assertThat(settings()).containsEntry("heat", JsonValue.of(0.5));
        assertThat(host.events().after(0))
                .anyMatch(event ->
                        event.topic().equals("instance/REFUSED")
                                && event.message().contains("out of range"));
    }
}
