package dev.bindery.host.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * The jars of one generation, opened for it alone: what the JDK's URLs share between loaders of the
 * same file would be closed under a generation by the end of its predecessor. Safe for several
 * threads.
 */
final class ClassPath implements AutoCloseable {
    private final List<Path> files;
    private final List<JarFile> jars = new ArrayList<>();

    /**
     * @throws UncheckedIOException when one of them cannot be opened; none is left open then
     */
    ClassPath(List<Path> files) {
        this.files = List.copyOf(files);
        try {
            for (Path file : files) {
                jars.add(
                        new JarFile(
                                file.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /** A file in one of the jars. */
    record Entry(JarFile jar, JarEntry entry, URL location) {
        InputStream open() throws IOException {
            return jar.getInputStream(entry);
        }

        byte[] bytes() throws IOException {
            try (InputStream in = open()) {
                return in.readAllBytes();
            }
        }
    }

    /** The first file of that name. */
    Optional<Entry> find(String name) {
        for (int i = 0; i < jars.size(); i++) {
            JarEntry entry = jars.get(i).getJarEntry(name);
            if (entry != null && !entry.isDirectory()) {
                return Optional.of(new Entry(jars.get(i), entry, url(files.get(i))));
            }
        }
        return Optional.empty();
    }

    List<URL> urls() {
        return files.stream().map(ClassPath::url).toList();
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (JarFile jar : jars) {
            try {
                jar.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
