package dev.bindery.host.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the worker: a JVM like the host's own, with the host's class path. The arguments lie in a
 * file of the child's temporary folder, so that the command line stays short.
 *
 * @param java the {@code java} to run
 * @param classPath where the worker and what it shares with bindings are found
 * @param flags the JVM's flags
 */
public record JvmCommand(Path java, List<Path> classPath, List<String> flags)
        implements ChildCommand {
    private static final String MAIN = "dev.bindery.worker.Worker";

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:+DisplayVMOutputToStderr",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dfile.encoding=UTF-8",
                    "-Dstdout.encoding=UTF-8",
                    "-Dstderr.encoding=UTF-8",
                    "-Dslf4j.provider=dev.bindery.worker.EventLogging",
                    "-Dsun.net.httpserver.nodelay=true",
                    // The host closes idle connections; a call must not meet one just closed.
                    "-Dsun.net.httpserver.idleInterval=" + Integer.MAX_VALUE,
                    "-Dsun.net.httpserver.maxIdleConnections=" + Integer.MAX_VALUE);

    public JvmCommand {
        classPath = List.copyOf(classPath);
        flags = List.copyOf(flags);
    }

    /**
     * The host's own Java and class path.
     *
     * @param heap the most heap of the child as {@code -Xmx} takes it: {@code 512m}
     */
    public static JvmCommand ofThisHost(String heap) {
        return new JvmCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath())
                        .toList(),
                Stream.of(Stream.of("-Xmx" + heap), FLAGS.stream(), classArchive())
                        .flatMap(flags -> flags)
                        .toList());
    }

    /** The archive of classes that the host itself was started with, where it was. */
    private static Stream<String> classArchive() {
        String archive = System.getProperty("bindery.classes");
        return archive == null
                ? Stream.empty()
                : Stream.of("-XX:AOTCache=" + archive, "-Xlog:cds*=off", "-Xlog:aot*=off");
    }

    @Override
    public List<String> line(Path scratch) throws IOException {
        List<String> arguments = new ArrayList<>(flags);
        arguments.add("-Djava.io.tmpdir=" + scratch);
        arguments.add("-XX:ErrorFile=" + scratch.resolve("hs_err.log"));
        arguments.add("-cp");
        arguments.add(
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        arguments.add(MAIN);
        Path file = scratch.resolve("arguments");
        Files.write(file, arguments.stream().map(JvmCommand::quoted).toList());
        return List.of(java.toString(), "@" + file);
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
