package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.testkit.bench.Violation;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jar as a file: its card, and what it carries. */
final class JarChecks {
    static final Area AREA =
            Area.of(
                    "jar",
                    new Check("a host takes the jar as it is dropped", JarChecks::isTaken),
                    new Check("every declared capability is one", JarChecks::knownCapabilities),
                    new Check("the card names its id", JarChecks::namesId),
                    new Check("README.md and a logo lie at the root", JarChecks::companions),
                    new Check("the jar carries nothing of a host or a test", JarChecks::ballast));

    private static final List<String> OF_THE_HOST =
            List.of("org/slf4j/", "org/apiguardian/", "dev/bindery/host/", "dev/bindery/testkit/");
    private static final List<String> OF_TESTS =
            List.of(
                    "lib/junit-",
                    "lib/assertj-",
                    "lib/mockwebserver3",
                    "lib/bindery-testkit",
                    "lib/bindery-host",
                    "lib/bindery-http",
                    "lib/bindery-plugin-api");

    private JarChecks() {}

    private static void isTaken(Trial trial) {
        BindingStatus dropped = trial.host().dropped();
        InstanceStatus instance = trial.host().atFirst().orElse(null);
        boolean needsSettings = !missing(trial).isEmpty();
        if (needsSettings) {
            Violation.unless(
                    instance != null && instance.state() == InstanceState.NEEDS_CONFIGURATION,
                    "dropped without settings it is %s: %s; since %s is required it should wait for it. Check what runs before start",
                    dropped.state(),
                    dropped.reason(),
                    missing(trial));
            return;
        }
        Violation.unless(
                dropped.state() == BindingState.ACTIVE,
                "dropped without settings it is %s: %s. No setting is required, so it has to start; mark what it needs with `required: true`",
                dropped.state(),
                dropped.reason());
    }

    private static List<String> missing(Trial trial) {
        return new dev.bindery.api.TypedConfig(
                        trial.card().settings(), dev.bindery.api.BaseConfig.EMPTY)
                .missing();
    }

    private static void knownCapabilities(Trial trial) {
        Set<String> known = known();
        for (Capability declared : trial.card().capabilities()) {
            Violation.unless(
                    known.contains(declared.name()),
                    "config.yaml declares the capability `%s`, which the contract does not have; there are: %s",
                    declared,
                    String.join(", ", known));
        }
    }

    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        for (Field field : Capability.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == Capability.class) {
                try {
                    names.add(String.valueOf(field.get(null)));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return names;
    }

    private static void namesId(Trial trial) throws IOException {
        try (ZipFile zip = new ZipFile(trial.subject().jar().toFile())) {
            ZipEntry card = zip.getEntry("config.yaml");
            String text =
                    new String(
                            zip.getInputStream(card).readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            if (text.lines().noneMatch(line -> line.startsWith("id:"))) {
                throw new Advice(
                        "config.yaml has no id, so `%s` was made from the name; write `id: %s`, so that a change of the name does not make another binding of it"
                                .formatted(trial.card().id(), trial.card().id()));
            }
        }
    }

    private static void companions(Trial trial) throws IOException {
        List<String> names = names(trial);
        List<String> missing = new ArrayList<>();
        if (!names.contains("README.md")) {
            missing.add("README.md (what it connects, its settings, an example)");
        }
        if (!names.contains("logo.svg") && !names.contains("logo.png")) {
            missing.add("logo.svg or logo.png");
        }
        if (!missing.isEmpty()) {
            throw new Advice("not in the jar: " + String.join("; ", missing));
        }
    }

    private static void ballast(Trial trial) throws IOException {
        for (String name : names(trial)) {
            Violation.unless(
                    OF_THE_HOST.stream().noneMatch(name::startsWith),
                    "%s comes from the host; give what brings it the scope `provided`",
                    name);
            Violation.unless(
                    OF_TESTS.stream().noneMatch(name::startsWith),
                    "%s is in the jar; give it the scope `provided` or `test`",
                    name);
        }
    }

    private static List<String> names(Trial trial) throws IOException {
        try (ZipFile zip = new ZipFile(trial.subject().jar().toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
