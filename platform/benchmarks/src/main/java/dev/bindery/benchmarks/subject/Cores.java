package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps subjects on the first core and everything else off it, so that their rates can be compared;
 * where there is no {@code taskset}, or one core only, the system schedules as it likes.
 */
public final class Cores {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final boolean PINNING =
            CORES > 1 && Files.isExecutable(Path.of("/usr/bin/taskset"));

    private Cores() {}

    public static boolean pinning() {
        return PINNING;
    }

    /** That command, kept on the first core. */
    static List<String> first(List<String> command) {
        return pinned("0", command);
    }

    /** That command, kept off the first core. */
    static List<String> others(List<String> command) {
        return pinned("1-" + (CORES - 1), command);
    }

    /** Keeps this process off the first core from now on. */
    public static void leaveTheFirst() throws IOException, InterruptedException {
        move("1-" + (CORES - 1));
    }

    /** Lets this process run everywhere again. */
    public static void useAll() throws IOException, InterruptedException {
        move("0-" + (CORES - 1));
    }

    private static void move(String cores) throws IOException, InterruptedException {
        if (PINNING) {
            String pid = String.valueOf(ProcessHandle.current().pid());
            Process taskset =
                    new ProcessBuilder("taskset", "-a", "-c", "-p", cores, pid)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (taskset.waitFor() != 0) {
                throw new IOException("taskset could not move this process to cores " + cores);
            }
        }
    }

    private static List<String> pinned(String cores, List<String> command) {
        if (!PINNING) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
        pinned.addAll(command);
        return pinned;
    }
}
