package dev.bindery.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Linux and the JDK's tools tell of a running JVM.
 *
 * @param pid its process
 */
record ProcessView(long pid) {
    private static final Pattern USED =
            Pattern.compile(
                    "sun\\.gc\\.(metaspace|generation\\.\\d+\\.space\\.\\d+)\\.used=(\\d+)");

    static boolean isOffered() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    long threads() throws IOException {
        return entries("task");
    }

    long openFiles() throws IOException {
        return entries("fd");
    }

    private long entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", String.valueOf(pid), folder))) {
            return entries.count();
        }
    }

    /** Collects its garbage, classes too. */
    void collectGarbage() throws IOException, InterruptedException {
        jcmd("GC.run");
    }

    /**
     * What is in use.
     *
     * @param heapKilobytes of objects
     * @param metaspaceKilobytes of classes
     */
    record Memory(long heapKilobytes, long metaspaceKilobytes) {}

    Memory memory() throws IOException, InterruptedException {
        long heap = 0;
        long metaspace = 0;
        Matcher used = USED.matcher(jcmd("PerfCounter.print"));
        while (used.find()) {
            long kilobytes = Long.parseLong(used.group(2)) / 1024;
            if (used.group(1).equals("metaspace")) {
                metaspace += kilobytes;
            } else {
                heap += kilobytes;
            }
        }
        if (heap == 0 || metaspace == 0) {
            throw new AssertionError("the JVM's counters tell neither heap nor metaspace any more");
        }
        return new Memory(heap, metaspace);
    }

    /** How many class loaders of that class are alive. */
    long classLoaders(String type) throws IOException, InterruptedException {
        return jcmd("VM.classloader_stats").lines().filter(line -> line.endsWith(type)).count();
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("jcmd", ".txt");
        try {
            Process jcmd =
                    new ProcessBuilder(
                                    System.getProperty("java.home") + "/bin/jcmd",
                                    String.valueOf(pid),
                                    command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!jcmd.waitFor(60, TimeUnit.SECONDS)) {
                jcmd.destroyForcibly();
                throw new AssertionError("jcmd " + command + " does not end");
            }
            String answer = Files.readString(output);
            if (jcmd.exitValue() != 0) {
                throw new AssertionError("jcmd " + command + ": " + answer);
            }
            return answer;
        } finally {
            Files.delete(output);
        }
    }

    /** An ended process that nobody has waited for yet has still an entry, but does nothing. */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", String.valueOf(process.pid()), "stat");
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException _) {
            // there are no such files here, or it ended a moment ago
            return process.isAlive();
        }
    }
}
