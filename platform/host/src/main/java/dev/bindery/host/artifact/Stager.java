package dev.bindery.host.artifact;

import dev.bindery.api.BindingCard;
import dev.bindery.api.ContractVersion;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.document.DocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
    private final StagingIndex index;

    public Stager(Path generations, StagingLimits limits) {
        this.generations = generations;
        this.limits = limits;
        this.index = new StagingIndex(generations.resolve(".index"));
    }

    /**
     * Copies a jar, unless that was done and neither has changed since.
     *
     * @throws IncompleteJarException when the jar is not whole yet
     * @throws RefusedJarException when it will not be loaded as it is
     * @throws IOException when it cannot be read, or the copy not be written
     */
    public StagedJar stage(Path source) throws IOException {
        Optional<FileStamp> stamp = FileStamp.of(source);
        Optional<StagedJar> known = stamp.flatMap(now -> index.find(source, now));
        if (known.isPresent() && fits(known.get().card())) {
            return known.get();
        }
        Staged staged = copied(source);
        stamp.filter(before -> FileStamp.of(source).equals(Optional.of(before)))
                .ifPresent(same -> index.put(source, same, staged.jar(), staged.card()));
        return staged.jar();
    }

    /** The copy of an earlier generation; empty when there is none, or it was damaged. */
    public Optional<StagedJar> kept(String id, String sha256) {
        try {
            return Optional.of(stage(folder(id, sha256).resolve("binding.jar")))
                    .filter(jar -> jar.sha256().equals(sha256));
        } catch (IOException | RefusedJarException | IncompleteJarException e) {
            return Optional.empty();
        }
    }

    /** Where the copy of a jar lies. */
    public Path folder(String id, String sha256) {
        return generations.resolve(id).resolve(sha256);
    }

    private record Staged(StagedJar jar, String card) {}

    private Staged copied(Path source) throws IOException {
        Path incoming = generations.resolve(".incoming").resolve(UUID.randomUUID().toString());
        Files.createDirectories(incoming);
        try {
            Path copy = incoming.resolve("binding.jar");
            String sha256 = copy(source, copy);
            JarScan scan = JarScan.of(copy, limits);
            BindingCard card = card(scan);
            check(scan, card);
            unpackLibraries(copy, scan, incoming.resolve("lib"));
            Checkpoint.JAR_COPIED.reachedOnDisk();
            Path folder = folder(card.id(), sha256);
            settle(incoming, generations.resolve(card.id()), folder);
            Checkpoint.JAR_STAGED.reachedOnDisk();
            StagedJar jar =
                    new StagedJar(
                            sha256,
                            folder,
                            folder.resolve("binding.jar"),
                            libraries(folder),
                            card,
                            scan.packages());
            return new Staged(jar, scan.card().orElseThrow());
        } finally {
            Folders.delete(incoming);
        }
    }

    private static String copy(Path source, Path target) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(source), digest);
                FileChannel file =
                        FileChannel.open(
                                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(file)) {
            in.transferTo(out);
            file.force(true);
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
        if (!fits(card)) {
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

    private static boolean fits(BindingCard card) {
        return VersionRange.parse(card.api()).contains(ContractVersion.CURRENT);
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
