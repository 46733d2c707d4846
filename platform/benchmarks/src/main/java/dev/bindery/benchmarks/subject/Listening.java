package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program of others that listens on a port it was told. */
final class Listening {
    private final Process process;
    private final int port;

    private Listening(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and returns when it listens. */
    static Listening start(ProcessBuilder program, int port, Path log, Duration patience)
            throws IOException, InterruptedException {
        program.redirectErrorStream(true).redirectOutput(log.toFile());
        Listening started = new Listening(Processes.start(program), port);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!started.listens()) {
            if (!started.process.isAlive() || System.nanoTime() > deadline) {
                started.end();
                throw new IOException(
                        "%s does not listen; it said: %s"
                                .formatted(name(program.command()), Files.readString(log).strip()));
            }
            Thread.sleep(10);
        }
        return started;
    }

    private static String name(List<String> command) {
        return String.join(" ", command);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void end() {
        Processes.end(process);
    }
}
