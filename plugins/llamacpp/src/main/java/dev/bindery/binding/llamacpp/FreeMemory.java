package dev.bindery.binding.llamacpp;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory this process may still take. On Linux what the system calls available, or less
 * where a control group of this process or above it allows less; pages of files count as free
 * there, since the system lets go of them.
 *
 * <p>Windows tells what is free. macOS tells only what is not in use for anything at all, which is
 * next to nothing on a healthy machine: there it is all the memory that the machine has.
 */
final class FreeMemory implements LongSupplier {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Path root;
    private final LongSupplier elsewhere;

    /**
     * @param root where {@code proc} and {@code sys} are
     * @param elsewhere what to say where they are not
     */
    FreeMemory(Path root, LongSupplier elsewhere) {
        this.root = root;
        this.elsewhere = elsewhere;
    }

    static FreeMemory ofThisMachine() {
        return new FreeMemory(Path.of("/"), FreeMemory::bySystemBean);
    }

    private static long bySystemBean() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return System.getProperty("os.name", "").startsWith("Windows")
                ? system.getFreeMemorySize()
                : system.getTotalMemorySize();
    }

    @Override
    public long getAsLong() {
        OptionalLong available = field(root.resolve("proc/meminfo"), "MemAvailable:");
        return available.isPresent()
                ? Math.min(available.getAsLong() * 1024, ofControlGroups())
                : elsewhere.getAsLong();
    }

    private long ofControlGroups() {
        Path top = root.resolve("sys/fs/cgroup");
        return Stream.iterate(group(top), group -> group.startsWith(top), Path::getParent)
                .mapToLong(FreeMemory::left)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The group of this process; the top one where that cannot be told. */
    private Path group(Path top) {
        return lines(root.resolve("proc/self/cgroup")).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> top.resolve(line.substring("0::/".length())).normalize())
                .filter(group -> group.startsWith(top))
                .findFirst()
                .orElse(top);
    }

    /** What a group may still take; no limit where it says none. */
    private static long left(Path group) {
        OptionalLong limit = number(group.resolve("memory.max"));
        OptionalLong used = number(group.resolve("memory.current"));
        if (limit.isEmpty() || used.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Path account = group.resolve("memory.stat");
        long files =
                field(account, "active_file").orElse(0) + field(account, "inactive_file").orElse(0);
        return Math.max(0, limit.getAsLong() - Math.max(0, used.getAsLong() - files));
    }

    private static OptionalLong number(Path file) {
        return lines(file).stream()
                .findFirst()
                .map(FreeMemory::number)
                .orElseGet(OptionalLong::empty);
    }

    private static OptionalLong field(Path file, String name) {
        return lines(file).stream()
                .map(SPACE::split)
                .filter(words -> words.length > 1 && words[0].equals(name))
                .findFirst()
                .map(words -> number(words[1]))
                .orElseGet(OptionalLong::empty);
    }

    /** Absent for what is none, such as "max". */
    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }
}
