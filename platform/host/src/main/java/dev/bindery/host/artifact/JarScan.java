package dev.bindery.host.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Reads a jar to its end: every entry's name, size and checksum, and what the host wants to know of
 * its contents. Not for several threads.
 */
final class JarScan {
    private static final byte[] ZIP_START = {'P', 'K'};
    private static final String SERVICES = "META-INF/services/dev.bindery.api.LlmBinding";

    private final Path jar;
    private final StagingLimits limits;
    private final Set<String> names = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final List<String> libraries = new ArrayList<>();
    private final byte[] buffer = new byte[64 * 1024];
    private Optional<String> card = Optional.empty();
    private long unpacked;

    private JarScan(Path jar, StagingLimits limits) {
        this.jar = jar;
        this.limits = limits;
    }

    /**
     * @throws IncompleteJarException when the zip has no end yet, or a checksum is wrong
     * @throws RefusedJarException when it is no zip, past the limits, or not what was signed
     */
    static JarScan of(Path jar, StagingLimits limits) throws IOException {
        JarScan scan = new JarScan(jar, limits);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            scan.read(zip);
        } catch (ZipException e) {
            throw scan.notAZip(e);
        }
        if (scan.names.stream().anyMatch(SignatureCheck::isSignature)) {
            SignatureCheck.check(jar);
        }
        return scan;
    }

    private RuntimeException notAZip(ZipException e) throws IOException {
        byte[] start = new byte[ZIP_START.length];
        try (InputStream in = Files.newInputStream(jar)) {
            int read = in.readNBytes(start, 0, start.length);
            if (read == 0) {
                return new IncompleteJarException("it is empty; waiting for its contents");
            }
        }
        return java.util.Arrays.equals(start, ZIP_START)
                ? new IncompleteJarException(
                        "the jar is not whole yet (%s); waiting for the rest"
                                .formatted(e.getMessage()))
                : new RefusedJarException(
                        "it is no jar: its first bytes are not those of a zip file");
    }

    private void read(ZipFile zip) throws IOException {
        if (zip.size() > limits.entries()) {
            throw new RefusedJarException(
                    "it has %d entries; at most %d are allowed"
                            .formatted(zip.size(), limits.entries()));
        }
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            checkName(entry.getName());
            if (!entry.isDirectory()) {
                readEntry(zip, entry);
            }
        }
    }

    private void checkName(String name) {
        boolean leavesTheJar =
                name.startsWith("/")
                        || name.contains("\\")
                        || name.matches("^[A-Za-z]:.*")
                        || List.of(name.split("/")).contains("..");
        if (leavesTheJar || name.indexOf('\0') >= 0) {
            throw new RefusedJarException(
                    "its entry `%s` would lie outside of the jar; remove it"
                            .formatted(name.replace('\0', '?')));
        }
        if (!names.add(name)) {
            throw new RefusedJarException("its entry `%s` is there twice".formatted(name));
        }
    }

    private void readEntry(ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        boolean isCard = name.equals("config.yaml");
        if (isCard && entry.getSize() > limits.cardBytes()) {
            throw new RefusedJarException(
                    "its config.yaml has %d bytes; at most %d are allowed"
                            .formatted(entry.getSize(), limits.cardBytes()));
        }
        checkContent(zip, entry);
        notePackage(name);
        if (isCard) {
            card = Optional.of(text(zip, entry));
        }
        if (isLibrary(name)) {
            libraries.add(name);
            noteLibrary(zip, entry);
        }
    }

    /** The size that the zip's directory gives may be a lie. */
    private String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limits.cardBytes() + 1);
            if (bytes.length > limits.cardBytes()) {
                throw new RefusedJarException(
                        "its config.yaml has more than %d bytes".formatted(limits.cardBytes()));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private void checkContent(ZipFile zip, ZipEntry entry) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                count(n);
            }
        }
        if (crc.getValue() != entry.getCrc()) {
            throw new IncompleteJarException(
                    "its entry `%s` is damaged (wrong checksum); waiting for a whole jar"
                            .formatted(entry.getName()));
        }
    }

    private void count(int bytes) throws IOException {
        unpacked += bytes;
        if (unpacked > limits.unpackedBytes()
                || (unpacked > 1 << 20 && unpacked / limits.ratio() > Files.size(jar))) {
            throw new RefusedJarException(
                    "unpacked it is far larger than its %d bytes: more than %d times, or %d bytes"
                            .formatted(Files.size(jar), limits.ratio(), limits.unpackedBytes()));
        }
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0;
    }

    private void noteLibrary(ZipFile zip, ZipEntry entry) throws IOException {
        try (ZipInputStream in = new ZipInputStream(zip.getInputStream(entry))) {
            for (ZipEntry inner = in.getNextEntry(); inner != null; inner = in.getNextEntry()) {
                notePackage(inner.getName());
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    count(n);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new RefusedJarException(
                    "its library `%s` is no whole jar: %s"
                            .formatted(entry.getName(), e.getMessage()));
        }
    }

    private void notePackage(String name) {
        int slash = name.lastIndexOf('/');
        if (name.endsWith(".class") && slash > 0 && !name.startsWith("META-INF/")) {
            packages.add(name.substring(0, slash).replace('/', '.'));
        }
    }

    /** The text of config.yaml. */
    Optional<String> card() {
        return card;
    }

    boolean hasServices() {
        return names.contains(SERVICES);
    }

    boolean has(String entry) {
        return names.contains(entry);
    }

    /** The names of the nested libraries' entries. */
    List<String> libraries() {
        return libraries;
    }

    Set<String> packages() {
        return packages;
    }
}
