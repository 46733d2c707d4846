package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command under supervisors that close its streams. */
class ClosedStreamIT {
    @TempDir Path home;

    /** Java would read one of its own files in the place of a closed input. */
    @Test
    void aClosedInputIsEmpty() throws Exception {
        Path log = home.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$0\" chat a/model <&-",
                        Command.DISTRIBUTION + "/bin/bindery");
        builder.environment().put("BINDERY_HOME", home.toString());
        builder.environment().put("BINDERY_ARCHIVE", "off");
        builder.environment().put("BINDERY_JAVA_HOME", System.getProperty("java.home"));
        Process chat = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(chat.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(log)).startsWith("bindery: There is no question");
            assertThat(chat.exitValue()).isEqualTo(1);
        } finally {
            chat.destroyForcibly();
        }
    }
}
