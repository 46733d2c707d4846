package dev.bindery.benchmarks.subject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another program of this module, with the launcher's JVM options. */
final class OwnJvm {
    private OwnJvm() {}

    static List<String> command(String main, List<String> arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main));
        command.addAll(arguments);
        return command;
    }
}
