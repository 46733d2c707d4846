package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process takes of its machine, now. */
public final class Footprint {
    private static final long KILOBYTE = 1024;

    private Footprint() {}

    /** Resident memory in bytes; absent where the system does not tell. */
    public static Optional<Long> residentBytes(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** How many files and sockets it has open; absent where the system does not tell. */
    public static Optional<Long> openFiles(ProcessHandle process) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return Optional.of(open.count());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Time on a processor so far, of the process and its children. */
    static Duration processorTime(ProcessHandle process) {
        return process.children()
                .map(Footprint::processorTime)
                .reduce(process.info().totalCpuDuration().orElse(Duration.ZERO), Duration::plus);
    }
}
