package dev.bindery.host.artifact;

import dev.bindery.api.BindingCard;
import dev.bindery.api.ContractVersion;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.document.DocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipFile;

/**
 * Copies a jar to {@code generations/ID/SHA256/}, from where alone it is ever loaded, so that the
 * operator may overwrite the original at any time. Safe for several threads.
 */
public final class Stager {
    private static final String CONTRACT = "dev.bindery.api";

    private final Path generations;
    private final StagingLimits limits;

    public Stager(Path generations, StagingLimits limits) {
        this.generations = generations;
        this.limits = limits;
    }

    /**
     * @throws IncompleteJarException when the jar is not whole yet
     * @throws RefusedJarException when it will not be loaded as it is
     * @throws IOException when it cannot be read, or the copy not be written
     */
    public StagedJar stage(Path source) throws IOException {
        Path incoming = generations.resolve(".incoming").resolve(UUID.randomUUID().toString());
        Files.createDirectories(incoming);
        try {
            Path copy = incoming.resolve("binding.jar");
            String sha256 = copy(source, copy);
            JarScan scan = JarScan.of(copy, limits);
            BindingCard card = card(scan);
            check(scan, card);
            unpackLibraries(copy, scan, incoming.resolve("lib"));
            Path folder = generations.resolve(card.id()).resolve(sha256);
            settle(incoming, generations.resolve(card.id()), folder);
            return new StagedJar(
                    sha256,
                    folder,
                    folder.resolve("binding.jar"),
                    libraries(folder),
                    card,
                    scan.packages());
        } finally {
            Folders.delete(incoming);
        }
    }

    private static String copy(Path source, Path target) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(source), digest);
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static BindingCard card(JarScan scan) {
        String text =
                scan.card()
                        .orElseThrow(() ->
                                new RefusedJarException(
                                        "it has no config.yaml at its root, so it is no binding"));
        try {
            return CardReader.read(text);
        } catch (DocumentException e) {
            throw new RefusedJarException(String.valueOf(e.getMessage()));
        }
    }

    private static void check(JarScan scan, BindingCard card) {
        if (scan.packages().contains(CONTRACT)) {
            throw new RefusedJarException(
                    "it bundles dev.bindery.api, which comes from the host; give bindery-plugin-api the scope `provided` in its build");
        }
        if (!VersionRange.parse(card.api()).contains(ContractVersion.CURRENT)) {
            throw new RefusedJarException(
                    "it needs version `%s` of the contract; this host has %s"
                            .formatted(card.api(), ContractVersion.CURRENT));
        }
        if (!card.command().isEmpty()) {
            checkProgram(scan, card);
        } else if (!scan.hasServices()) {
            throw new RefusedJarException(
                    "it has no META-INF/services/dev.bindery.api.LlmBinding, which names the class of the binding");
        }
    }

    private static void checkProgram(JarScan scan, BindingCard card) {
        for (String word : card.command()) {
            if (word.startsWith(ProgramReader.FOLDER) && !scan.has(word)) {
                throw new RefusedJarException(
                        "its command names %s, which the jar does not have".formatted(word));
            }
        }
    }

    private static void unpackLibraries(Path jar, JarScan scan, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String name : scan.libraries()) {
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    Files.copy(in, folder.resolve(name.substring("lib/".length())));
                }
            }
        }
    }

    /** A folder of that checksum that is there already is kept if nobody has damaged it. */
    private static void settle(Path incoming, Path parent, Path folder) throws IOException {
        if (isSame(incoming, folder)) {
            return;
        }
        Folders.delete(folder);
        Files.createDirectories(parent);
        try {
            Files.move(incoming, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(folder)) {
                throw e;
            }
        }
        AtomicFiles.forceFolder(parent);
    }

    private static boolean isSame(Path incoming, Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve("lib"))) {
            return false;
        }
        List<Path> files = new ArrayList<>(libraries(incoming));
        files.add(incoming.resolve("binding.jar"));
        for (Path file : files) {
            Path there = folder.resolve(incoming.relativize(file));
            if (!Files.isRegularFile(there) || Files.mismatch(file, there) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> libraries(Path folder) throws IOException {
        List<Path> libraries = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder.resolve("lib"), "*.jar")) {
            files.forEach(libraries::add);
        }
        libraries.sort(null);
        return libraries;
    }
}
