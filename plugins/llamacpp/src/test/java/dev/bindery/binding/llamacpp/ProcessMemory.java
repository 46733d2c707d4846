package dev.bindery.binding.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Linux's account of what this process holds in memory. */
final class ProcessMemory {
    private ProcessMemory() {}

    static long bytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
