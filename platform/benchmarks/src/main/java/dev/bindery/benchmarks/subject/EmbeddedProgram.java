package dev.bindery.benchmarks.subject;

import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.embedded.EmbeddedHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The smallest program with a host in it; runs until its standard input ends. */
final class EmbeddedProgram {
    private EmbeddedProgram() {}

    public static void main(String[] arguments) throws IOException {
        HostOptions options =
                HostOptions.of(Path.of(arguments[0])).withBundled(Path.of(arguments[1]));
        try (Host host = EmbeddedHost.start(options)) {
            host.awaitSettled();
            System.out.println("embedded ready on http://none:0");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
