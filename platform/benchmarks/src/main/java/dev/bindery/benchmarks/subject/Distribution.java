package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An assembled Bindery.
 *
 * @param root the folder with {@code bin lib bindings conf}
 */
public record Distribution(Path root) {
    /** The jar of a binding that comes with it. */
    public BindingJar jar(String id) throws IOException {
        return find(id).orElseThrow(() ->
                new NoSuchFileException(root.resolve("bindings/" + id + "-*.jar").toString()));
    }

    /** The same, absent when that binding does not come with it. */
    public Optional<BindingJar> find(String id) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(root.resolve("bindings"), id + "-*.jar")) {
            for (Path jar : jars) {
                return Optional.of(new BindingJar(jar));
            }
            return Optional.empty();
        }
    }

    /** Where its launcher may keep what makes the next start quicker. */
    Path cache() {
        return root.resolve("cache");
    }

    /** The same Bindery in another folder, with those bindings only. */
    public Distribution with(List<BindingJar> jars, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("bindings"));
        for (String part : List.of("lib", "conf")) {
            Files.createSymbolicLink(folder.resolve(part), root.resolve(part).toAbsolutePath());
        }
        try (DirectoryStream<Path> scripts = Files.newDirectoryStream(root.resolve("bin"))) {
            for (Path script : scripts) {
                Files.copy(script, folder.resolve("bin").resolve(script.getFileName()));
            }
        }
        for (BindingJar jar : jars) {
            Files.copy(jar.file(), folder.resolve("bindings").resolve(jar.file().getFileName()));
        }
        return new Distribution(folder);
    }
}
