package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.server.admin.AdminApi;
import dev.bindery.server.admin.HostStatus;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.cost.Spending;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.session.Sessions;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The paths of the description; what goes over them, the distribution's tests hold against it. */
class AdminRoutesTest {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PATCH", "DELETE", "PUT");

    @TempDir Path home;

    @Test
    void theDescriptionHasEveryPathAndMethodAndNoOther() throws Exception {
        assertThat(described()).isEqualTo(answered());
    }

    private Map<String, Set<String>> answered() {
        ServedHost host = new FakeHost().served();
        Spending spending = Spending.keptIn(home, host.models());
        HostStatus status =
                new HostStatus(
                        "1.0.0",
                        home,
                        host.bindings(),
                        host.instances(),
                        host.models(),
                        List::of,
                        List::of,
                        spending);
        try (AdminApi admin =
                new AdminApi(
                        status,
                        host.bindings(),
                        host.instances(),
                        host.models(),
                        host.events(),
                        host.shell(),
                        KeyRing.of(List.of()),
                        spending,
                        new Sessions(System::nanoTime, Duration.ofMinutes(1)),
                        List::of,
                        new Calls(),
                        new JsonBody(8))) {
            Map<String, Set<String>> all = new TreeMap<>();
            admin.api()
                    .routes()
                    .methods()
                    .forEach((path, methods) -> all.put(path.replace("...}", "}"), methods));
            return all;
        }
    }

    private static Map<String, Set<String>> described() throws Exception {
        try (InputStream file = AdminApi.class.getResourceAsStream("openapi.yaml")) {
            Map<String, Map<String, Map<String, Object>>> whole =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            Map<String, Set<String>> all = new TreeMap<>();
            whole.get("paths").forEach((path, item) -> all.put(path, methods(item)));
            return all;
        }
    }

    private static Set<String> methods(Map<String, Object> item) {
        return item.keySet().stream()
                .map(key -> key.toUpperCase(Locale.ROOT))
                .filter(METHODS::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
