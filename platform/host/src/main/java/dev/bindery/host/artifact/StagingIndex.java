package dev.bindery.host.artifact;

import dev.bindery.api.BindingCard;
import dev.bindery.host.document.DocumentException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which copies were made of which files, so that a start does not read every jar to its
 * end again. An entry counts only while neither the file nor its copy has changed. May be deleted
 * at any time. Safe for several threads.
 */
final class StagingIndex {
    private static final Logger LOG = LoggerFactory.getLogger(StagingIndex.class);

    /** To be raised with every new rule for jars: those that were staged before are read again. */
    private static final String RULES = "1";

    private final Path folder;

    StagingIndex(Path folder) {
        this.folder = folder;
    }

    /** The copy that was made of that file as it is now. */
    Optional<StagedJar> find(Path source, FileStamp stamp) {
        Path file = entry(source);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties entry = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            entry.load(in);
            return isCurrent(entry, stamp) ? Optional.of(jar(entry)) : Optional.empty();
        } catch (IOException | DocumentException | IllegalArgumentException e) {
            LOG.debug("{} is not used: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static boolean isCurrent(Properties entry, FileStamp stamp) {
        return RULES.equals(entry.getProperty("rules"))
                && stamp.text().equals(entry.getProperty("stamp"));
    }

    /** The copy, if nobody has touched it since. */
    private static StagedJar jar(Properties entry) {
        Path folder = Path.of(entry.getProperty("folder", ""));
        BindingCard card = CardReader.read(entry.getProperty("card", ""));
        Path jar = folder.resolve("binding.jar");
        List<Path> libraries =
                words(entry, "libraries").map(name -> folder.resolve("lib").resolve(name)).toList();
        if (!copyStamp(jar, libraries).equals(entry.getProperty("copy"))) {
            throw new IllegalArgumentException("the copy has changed");
        }
        return new StagedJar(
                entry.getProperty("sha256", ""),
                folder,
                jar,
                libraries,
                card,
                Set.copyOf(words(entry, "packages").toList()));
    }

    private static java.util.stream.Stream<String> words(Properties entry, String name) {
        return entry.getProperty(name, "").lines();
    }

    private static String copyStamp(Path jar, List<Path> libraries) {
        StringBuilder stamp = new StringBuilder(text(jar));
        libraries.forEach(library -> stamp.append('\n').append(text(library)));
        return stamp.toString();
    }

    private static String text(Path file) {
        return FileStamp.of(file)
                .map(FileStamp::text)
                .orElseThrow(() -> new IllegalArgumentException(file + " is not there"));
    }

    /**
     * Remembers a copy. Of a file that was written just now another write might not be seen, so it
     * is read once more at the next start.
     */
    void put(Path source, FileStamp stamp, StagedJar jar, String card) {
        if (!stamp.isConclusive(Instant.now())) {
            return;
        }
        Properties entry = new Properties();
        entry.setProperty("rules", RULES);
        entry.setProperty("source", source.toString());
        entry.setProperty("stamp", stamp.text());
        entry.setProperty("sha256", jar.sha256());
        entry.setProperty("folder", jar.folder().toString());
        entry.setProperty("card", card);
        entry.setProperty("copy", copyStamp(jar.jar(), jar.libraries()));
        entry.setProperty(
                "libraries",
                String.join(
                        "\n",
                        jar.libraries().stream()
                                .map(library -> library.getFileName().toString())
                                .toList()));
        entry.setProperty("packages", String.join("\n", jar.packages()));
        try {
            write(entry(source), entry);
        } catch (IOException e) {
            LOG.debug("{} will be read again at the next start: {}", source, e.toString());
        }
    }

    /** Whole, but not forced to disk: losing it costs time only. */
    private void write(Path file, Properties entry) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + UUID.randomUUID());
        try {
            try (Writer out = Files.newBufferedWriter(temporary)) {
                entry.store(out, null);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path entry(Path source) {
        byte[] path = source.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
