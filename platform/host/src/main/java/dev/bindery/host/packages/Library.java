package dev.bindery.host.packages;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A binding's library folder. A file is named {@code group@artifact@name.jar}, so that a new
 * version takes the old one's place.
 */
final class Library {
    private final Path folder;

    Library(Path folder) {
        this.folder = folder;
    }

    void put(String group, String artifact, Path jar) throws IOException {
        Files.createDirectories(folder);
        String prefix = group + "@" + artifact + "@";
        Path target = folder.resolve(prefix + jar.getFileName());
        List<Path> old = others(prefix, target);
        Path beside = Files.createTempFile(folder, ".fetched-", ".part");
        try {
            Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        for (Path version : old) {
            Files.deleteIfExists(version);
        }
    }

    private List<Path> others(String prefix, Path target) throws IOException {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder)) {
            for (Path jar : jars) {
                if (jar.getFileName().toString().startsWith(prefix) && !jar.equals(target)) {
                    others.add(jar);
                }
            }
        }
        return others;
    }
}
