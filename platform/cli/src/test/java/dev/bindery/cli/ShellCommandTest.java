package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellCommandTest {
    private static final String RUN = "POST /admin/v1/shell/s1/run";

    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost();
        host.answers("POST /admin/v1/shell", 201, "{\"session\":\"s1\"}");
        host.answers("DELETE /admin/v1/shell/s1", 204, "");
        host.answers(RUN, "{\"output\":\"one\\n\"}\n{\"output\":\"two\\n\"}\n{\"done\":true}\n");
        place = new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aLineIsRunAndTheSessionEnded() {
        Run run = place.run("shell", "-c", "list");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("one\ntwo\n");
        assertThat(host.bodyOf(1)).isEqualTo("{\"line\":\"list\"}");
        assertThat(host.asked())
                .containsExactly("POST /admin/v1/shell", RUN, "DELETE /admin/v1/shell/s1");
    }

    @Test
    void linesFromAPipeAreRunInOneSession() {
        Run run = place.typing("x = 1\n\necho $x\n").run("shell");

        assertThat(run.out()).isEqualTo("one\ntwo\none\ntwo\n");
        assertThat(host.bodyOf(2)).contains("echo $x");
        assertThat(host.asked()).hasSize(4);
    }

    @Test
    void aLineThatFailsIsSaidAndEndsIt() {
        host.answers(
                RUN, "{\"output\":\"so far\\n\"}\n{\"done\":true,\"failure\":\"no such thing\"}\n");

        Run run = place.typing("first\nsecond\n").run("shell");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("so far\n");
        assertThat(run.err()).isEqualTo("bindery: no such thing\n");
        assertThat(host.asked()).containsOnlyOnce(RUN).endsWith("DELETE /admin/v1/shell/s1");
    }
}
