package dev.bindery.host.isolation;

import dev.bindery.api.BindingCard;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.VersionRange;
import dev.bindery.host.document.YamlDocument;
import dev.bindery.host.document.YamlFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the host's packages a binding sees: the data file {@code shared-packages.yaml}. */
final class SharedPackages {
    private static final String FILE = "shared-packages.yaml";

    private final List<String> always;
    private final List<Group> groups;

    private SharedPackages(List<String> always, List<Group> groups) {
        this.always = always;
        this.groups = groups;
    }

    static SharedPackages load() {
        try (InputStream in = SharedPackages.class.getResourceAsStream(FILE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            YamlFields fields = YamlDocument.parse(FILE, text).fields();
            return new SharedPackages(
                    fields.texts("always"), fields.maps("groups").stream().map(Group::of).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages, with those below them, that this jar takes from the host. */
    List<String> visibleTo(StagedJar jar) {
        List<String> visible = new ArrayList<>(always);
        groups.stream()
                .filter(group -> !group.isIn(jar.packages()))
                .forEach(group -> visible.addAll(group.packages()));
        return visible;
    }

    /**
     * Holds the card's {@code uses} against what there is.
     *
     * @throws RefusedJarException for a library that the host does not share, or not in that
     *     version
     */
    void check(BindingCard card) {
        card.uses()
                .forEach((library, range) -> {
                    Group group = group(library).orElseThrow(() -> unknown(library));
                    if (!VersionRange.parse(range).contains(group.version())) {
                        throw new RefusedJarException(
                                "it uses version `%s` of the shared library %s; this host has %s"
                                        .formatted(range, library, group.version()));
                    }
                });
    }

    private Optional<Group> group(String library) {
        return groups.stream().filter(group -> group.library().equals(library)).findFirst();
    }

    private RefusedJarException unknown(String library) {
        return new RefusedJarException(
                "it uses the shared library `%s`; this host shares: %s"
                        .formatted(
                                library,
                                groups.stream()
                                        .map(Group::library)
                                        .collect(Collectors.joining(", "))));
    }

    private record Group(String library, String version, List<String> packages) {
        static Group of(YamlFields fields) {
            return new Group(
                    fields.requiredText("library"),
                    fields.requiredText("version"),
                    fields.texts("packages"));
        }

        boolean isIn(Set<String> names) {
            return names.stream()
                    .anyMatch(name ->
                            packages.stream().anyMatch(shared -> HostDoor.isWithin(name, shared)));
        }
    }
}
