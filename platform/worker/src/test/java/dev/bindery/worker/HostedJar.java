package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** A jar for a whole host, put together from what its entries are to hold. */
final class HostedJar {
    private final Map<String, byte[]> entries = new TreeMap<>();

    /** The classes of the puppet. */
    static HostedJar ofPuppet(Path puppetJar) throws IOException {
        HostedJar hosted = new HostedJar();
        try (JarFile jar = new JarFile(puppetJar.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    hosted.entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return hosted;
    }

    /** The binding that is written in Python. */
    static HostedJar ofParrot() throws IOException {
        HostedJar hosted = new HostedJar();
        for (String name :
                new String[] {"config.yaml", "program/parrot.py", "program/binding_protocol.py"}) {
            try (InputStream in = HostedJar.class.getResourceAsStream("/parrot/" + name)) {
                hosted.entries.put(name, in.readAllBytes());
            }
        }
        return hosted;
    }

    HostedJar card(String yaml) {
        entries.put("config.yaml", yaml.getBytes(UTF_8));
        return this;
    }

    String card() {
        return new String(entries.get("config.yaml"), UTF_8);
    }

    Path writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}
