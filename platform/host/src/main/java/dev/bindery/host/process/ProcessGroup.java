package dev.bindery.host.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a child that led a process group has left behind, also what no longer descends from it.
 * Linux tells of it in {@code /proc}; other systems have a {@code kill} that takes groups.
 */
final class ProcessGroup {
    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 20;
    private static final int PATIENCE_SECONDS = 2;

    private ProcessGroup() {}

    /** Ends all that is left of the group, of which the leader has ended. */
    static void kill(long leader) {
        if (!Files.isReadable(PROC.resolve("self/stat"))) {
            killByCommand(leader);
            return;
        }
        // Each round finds what was started while the one before was at work.
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> members = members(leader);
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static List<ProcessHandle> members(long leader) {
        List<ProcessHandle> members = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isMember(process, leader)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(members::add);
                }
            }
        } catch (IOException _) {
            // What was found so far is ended.
        }
        return members;
    }

    private static boolean isMember(Path process, long leader) {
        try {
            return group(Files.readString(process.resolve("stat"), ISO_8859_1))
                    .filter(group -> group == leader)
                    .isPresent();
        } catch (IOException _) {
            return false; // It has ended meanwhile.
        }
    }

    /**
     * The group of a living process.
     *
     * @param stat {@code PID (NAME) STATE PARENT GROUP …}; the name may hold anything
     */
    static Optional<Long> group(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 4);
        boolean isZombie = fields[0].equals("Z") || fields[0].equals("X");
        return isZombie || fields.length < 3
                ? Optional.empty()
                : Optional.of(Long.parseLong(fields[2]));
    }

    private static void killByCommand(long leader) {
        try {
            new ProcessBuilder("/bin/kill", "-KILL", "-" + leader)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException _) {
            // No such command: the known descendants were ended before.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
