package dev.bindery.host.process;

import java.nio.file.Path;
import java.util.List;

/**
 * A binding's code as it lies staged on disk.
 *
 * @param jar the binding's jar
 * @param libraries the libraries of its own, unpacked, in the order of the class path
 */
public record StagedCode(Path jar, List<Path> libraries) {
    public StagedCode {
        libraries = List.copyOf(libraries);
    }
}
