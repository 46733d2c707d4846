package dev.bindery.host.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir Path folder;

    @Test
    void whoeverIsInterruptedWritesToTheEnd() throws Exception {
        Path file = folder.resolve("state.json");
        Path copy = folder.resolve("copy.json");

        Thread.currentThread().interrupt();
        AtomicFiles.write(file, "whole");
        AtomicFiles.copy(file, copy);

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(file).hasContent("whole");
        assertThat(copy).hasContent("whole");
    }

    @Test
    void anInterruptInTheMiddleDoesNotKeepItFromWriting() throws Exception {
        Path file = folder.resolve("state.json");
        int[] tries = {0};

        Uninterrupted.run(() -> {
            if (tries[0]++ == 0) {
                Thread.currentThread().interrupt();
            }
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            }
        });

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(tries[0]).isEqualTo(2);
        assertThat(file).hasContent("x");
    }
}
