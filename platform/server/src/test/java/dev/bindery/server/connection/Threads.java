package dev.bindery.server.connection;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.ObjectName;

/** Counts virtual threads by name, from the JVM's own thread dump. */
final class Threads {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private Threads() {}

    static long named(String name) throws Exception {
        Path file = Files.createTempDirectory("threads").resolve("dump.txt");
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                        "dumpThreads",
                        new Object[] {file.toString(), "TEXT_PLAIN"},
                        new String[] {String.class.getName(), String.class.getName()});
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.contains("\"" + name + "\"")).count();
        } finally {
            Files.delete(file);
            Files.delete(file.getParent());
        }
    }

    static void awaitNone(String name) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        long found = named(name);
        while (found > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
            found = named(name);
        }
        if (found > 0) {
            throw new AssertionError(found + " threads named " + name + " are left");
        }
    }
}
