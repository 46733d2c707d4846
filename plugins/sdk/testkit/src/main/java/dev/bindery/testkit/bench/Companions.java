package dev.bindery.testkit.bench;

import dev.bindery.api.JsonValue;
import dev.bindery.host.Host;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.testkit.Companion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The instances that the binding may ask, in the same host. */
record Companions(Host host) {
    void serve(List<Companion> companions) throws InterruptedException {
        Map<Path, String> ids = new HashMap<>();
        for (Companion companion : companions) {
            ids.computeIfAbsent(companion.jar(), this::install);
        }
        for (Companion companion : companions) {
            configure(companion, ids.getOrDefault(companion.jar(), ""));
        }
    }

    private String install(Path jar) {
        try {
            return host.bindings().install(jar).id();
        } catch (HostException | IOException e) {
            throw new Violation("the host refuses a companion's jar: " + e.getMessage());
        }
    }

    private void configure(Companion companion, String binding) throws InterruptedException {
        InstanceStatus now = configured(companion, binding);
        Violation.unless(
                now.state() == InstanceState.ACTIVE,
                "the companion %s is %s: %s",
                companion.instance(),
                now.state(),
                now.reason());
        HostSide.await(
                "the models of the companion %s are listed".formatted(companion.instance()),
                () -> lists(companion.instance()));
    }

    private InstanceStatus configured(Companion companion, String binding) {
        InstanceChange change =
                new InstanceChange(
                        Optional.of(binding),
                        values(companion),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of());
        try {
            return host.instances().configure(companion.instance(), change);
        } catch (HostException e) {
            throw new Violation(
                    "the companion %s cannot be configured: %s"
                            .formatted(companion.instance(), e.getMessage()));
        }
    }

    private static Map<String, JsonValue> values(Companion companion) {
        return companion.settings().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> JsonValue.of(entry.getValue())));
    }

    private boolean lists(String instance) {
        return host.instances().find(instance).stream()
                .anyMatch(status -> !status.models().isEmpty());
    }
}
