package dev.bindery.host.embedded;

import dev.bindery.host.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where what a binding has installed lies: in the cache, since it can be installed again. */
final class Libraries {
    private Libraries() {}

    static Path folder(Home home, String binding) {
        return home.cache().resolve("libraries").resolve(binding);
    }

    /** The jars that are installed for a binding, in a fixed order. */
    static List<Path> of(Home home, String binding) {
        Path folder = folder(home, binding);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> jars = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
        jars.sort(null);
        return jars;
    }
}
