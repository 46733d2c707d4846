package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
    private static final long MB = 1 << 20;

    @TempDir Path root;
    private final FreeMemory memory = new FreeMemory(Path.of("/nowhere"), () -> 7 * MB);

    @Test
    void linuxSaysWhatIsAvailable() throws IOException {
        available(1000);
        assertThat(free()).isEqualTo(1000 * MB);
    }

    @Test
    void aControlGroupMayAllowLessAndFilesDoNotCount() throws IOException {
        available(1000);
        write("proc/self/cgroup", "1:name=x:/y\n0::/\n");
        group("", 300, 250, 100);
        assertThat(free()).isEqualTo(150 * MB);
    }

    @Test
    void theTightestGroupAboveCounts() throws IOException {
        available(1000);
        write("proc/self/cgroup", "0::/pod/box\n");
        write("sys/fs/cgroup/pod/box/memory.max", "max\n");
        write("sys/fs/cgroup/pod/box/memory.current", "1000\n");
        group("pod/", 200, 180, 0);
        group("", 900, 100, 0);
        assertThat(free()).isEqualTo(20 * MB);
    }

    @Test
    void aGroupBeyondItsLimitLeavesNothing() throws IOException {
        available(1000);
        write("proc/self/cgroup", "0::/../../elsewhere\n");
        group("", 100, 150, 10);
        assertThat(free()).isZero();
    }

    @Test
    void otherSystemsAreAskedInTheirOwnWay() {
        assertThat(memory.getAsLong()).isEqualTo(7 * MB);
        assertThat(FreeMemory.ofThisMachine().getAsLong()).isPositive();
    }

    private long free() {
        return new FreeMemory(root, () -> 7 * MB).getAsLong();
    }

    private void available(long megabytes) throws IOException {
        write(
                "proc/meminfo",
                "MemTotal: 9999999 kB\nMemAvailable:   %d kB\n".formatted(1024 * megabytes));
    }

    private void group(String name, long max, long used, long files) throws IOException {
        String folder = "sys/fs/cgroup/" + name;
        write(folder + "memory.max", max * MB + "\n");
        write(folder + "memory.current", used * MB + "\n");
        write(
                folder + "memory.stat",
                "anon 5\nactive_file %d\ninactive_file %d\n"
                        .formatted(files * MB / 2, files * MB / 2));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
