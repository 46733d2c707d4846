package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The mock upstream as a process of its own: what everything else is compared with. */
public final class Upstream implements Subject {
    private static final String MAIN = "dev.bindery.benchmarks.upstream.MockUpstream";

    private final Process process;
    private final int port;

    private Upstream(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static Upstream start(Placement placement) throws IOException {
        Process process =
                Processes.start(
                        new ProcessBuilder(placement.of(OwnJvm.command(MAIN, List.of())))
                                .redirectErrorStream(true));
        return new Upstream(process, ReadyLine.await(process));
    }

    @Override
    public String name() {
        return "direct";
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
