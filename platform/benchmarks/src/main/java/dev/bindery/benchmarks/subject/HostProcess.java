package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code bin/bindery run}, as an operator starts it. */
public final class HostProcess implements Subject {
    private final Process process;
    private final int port;
    private final long nanosToReady;

    private HostProcess(Process process, int port, long nanosToReady) {
        this.process = process;
        this.port = port;
        this.nanosToReady = nanosToReady;
    }

    /** Starts a host and returns when it says that it is ready. */
    public static HostProcess start(Distribution distribution, Path home, Placement placement)
            throws IOException {
        return start(distribution, home, placement, Map.of());
    }

    /** The same, with more in its environment. */
    public static HostProcess start(
            Distribution distribution,
            Path home,
            Placement placement,
            Map<String, String> environment)
            throws IOException {
        List<String> command =
                List.of(
                        distribution.root().resolve("bin/bindery").toString(),
                        "run",
                        "--home",
                        home.toString(),
                        "--port",
                        "0",
                        "--no-model");
        Files.createDirectories(home);
        ProcessBuilder builder = new ProcessBuilder(placement.of(command));
        builder.redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BINDERY_API_KEYS"));
        builder.environment().put("XDG_CACHE_HOME", distribution.cache().toString());
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = Processes.start(builder);
        int port = ReadyLine.await(process);
        return new HostProcess(process, port, System.nanoTime() - start);
    }

    /** From the start of the process to the line that says it is ready. */
    public long nanosToReady() {
        return nanosToReady;
    }

    @Override
    public String name() {
        return "bindery";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
