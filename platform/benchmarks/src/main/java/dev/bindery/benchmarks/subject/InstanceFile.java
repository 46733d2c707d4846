package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an operator writes into {@code conf/instances} of a home. */
public final class InstanceFile {
    private InstanceFile() {}

    /** The binding {@code openai} before that upstream, with one model. */
    public static void openai(Path home, InetSocketAddress upstream, String model)
            throws IOException {
        write(
                home,
                "openai",
                """
                binding: openai
                settings:
                  api_key: none
                  base_url: http://127.0.0.1:%d/v1
                  models: [%s]
                """
                        .formatted(upstream.getPort(), model));
    }

    public static void write(Path home, String name, String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve("conf/instances"));
        Files.writeString(folder.resolve(name + ".yaml"), text);
    }
}
