package dev.bindery.host.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A binding's code as it lies staged on disk.
 *
 * @param jar the binding's jar
 * @param libraries the libraries of its own, unpacked, in the order of the class path
 * @param packages the names of the packages that have classes in the jar or its libraries
 */
public record StagedCode(Path jar, List<Path> libraries, Set<String> packages) {
    public StagedCode {
        libraries = List.copyOf(libraries);
        packages = Set.copyOf(packages);
    }
}
