package dev.bindery.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where figures come from: without it they mean nothing. */
public final class Machine {
    private Machine() {}

    /** The machine, one property in a row. */
    public static List<List<String>> rows() {
        return List.of(
                List.of("processor", processor() + ", " + processors() + " cores"),
                List.of("memory", memory()),
                List.of("system", property("os.name") + " " + property("os.version")),
                List.of("Java", property("java.vm.name") + " " + property("java.vm.version")),
                List.of("load when it began", load()),
                List.of("date", LocalDate.now(ZoneOffset.UTC).toString()));
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String processor() {
        return first(Path.of("/proc/cpuinfo"), "model name").orElse(property("os.arch"));
    }

    private static String memory() {
        return first(Path.of("/proc/meminfo"), "MemTotal").orElse("unknown");
    }

    private static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load);
    }

    private static Optional<String> first(Path file, String field) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
