package dev.bindery.worker;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The binding's classes first; of this process only the contract, logging, and the shared libraries
 * that the binding does not bring itself, each group of them as a whole.
 */
final class BindingLoader extends URLClassLoader {
    private static final List<String> ALWAYS = List.of("dev/bindery/api/", "org/slf4j/");
    private static final List<List<String>> GROUPS =
            List.of(
                    List.of("dev/bindery/http/", "okhttp3/", "okio/", "kotlin/"),
                    List.of("tools/jackson/", "com/fasterxml/jackson/annotation/"));

    static {
        registerAsParallelCapable();
    }

    private final List<String> shared;
    private final ClassLoader process = BindingLoader.class.getClassLoader();

    private BindingLoader(URL[] urls, List<String> shared) {
        super("binding", urls, ClassLoader.getPlatformClassLoader());
        this.shared = shared;
    }

    static BindingLoader of(Path jar, List<Path> libraries) throws IOException {
        List<Path> all = Stream.concat(Stream.of(jar), libraries.stream()).toList();
        List<String> shared = new ArrayList<>(ALWAYS);
        for (List<String> group : GROUPS) {
            if (!brings(all, group)) {
                shared.addAll(group);
            }
        }
        URL[] urls = new URL[all.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = all.get(i).toUri().toURL();
        }
        return new BindingLoader(urls, shared);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isShared(name.replace('.', '/'))) {
            return process.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
        return isShared(name) ? process.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (isShared(name)) {
            return process.getResources(name);
        }
        List<URL> urls = Collections.list(findResources(name));
        return Collections.enumeration(urls);
    }

    private boolean isShared(String path) {
        return shared.stream().anyMatch(path::startsWith);
    }

    private static boolean brings(List<Path> jars, List<String> group) throws IOException {
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                if (file.stream().anyMatch(e -> group.stream().anyMatch(e.getName()::startsWith))) {
                    return true;
                }
            }
        }
        return false;
    }
}
