package dev.bindery.host.artifact;

import dev.bindery.api.BindingCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The host's own copy of a jar, whole and in order; nobody else writes to it.
 *
 * @param sha256 the jar's checksum
 * @param folder where the copy lies
 * @param jar the copy
 * @param libraries its nested {@code lib/*.jar}, unpacked
 * @param card its card
 * @param packages the names of the packages that have classes in the jar or its libraries
 */
public record StagedJar(
        String sha256,
        Path folder,
        Path jar,
        List<Path> libraries,
        BindingCard card,
        Set<String> packages) {
    public StagedJar {
        libraries = List.copyOf(libraries);
        packages = Set.copyOf(packages);
    }

    /** Whether the copy is there still: a cache may be deleted at any time. */
    public boolean isThere() {
        return Files.isRegularFile(jar) && libraries.stream().allMatch(Files::isRegularFile);
    }

    public String id() {
        return card.id();
    }
}
