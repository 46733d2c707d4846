package dev.bindery.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter shown = new StringWriter();

    @Test
    void onATerminalABarMovesOnOneLineAndIsGoneAtTheEnd() {
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(shown), true, 80)) {
            display.show("model.gguf", 49_181_216, 98_362_432);
            display.show("model.gguf", 49_181_217, 98_362_432);
            display.show("checking", 98_362_432, 98_362_432);
        }

        assertThat(shown.toString())
                .isEqualTo(
                        "\r\u001b[K[###############...............]  50%  49.2 MB of 98.4 MB  model.gguf"
                                + "\r\u001b[K[##############################] 100%  98.4 MB of 98.4 MB  checking"
                                + "\r\u001b[K");
    }

    @Test
    void aNarrowTerminalCutsTheLineSoThatItStaysOne() {
        try (ProgressDisplay display = new ProgressDisplay(new PrintWriter(shown), true, 20)) {
            display.show("a long name of a model", 1, 2);
        }

        assertThat(shown.toString()).startsWith("\r\u001b[K[###############...\r");
    }

    @Test
    void moreThanWasAnnouncedIsStillAHundredPercent() {
        ProgressDisplay display = new ProgressDisplay(new PrintWriter(shown), false, 80);

        display.show("fetching", 3000, 2000);

        assertThat(shown.toString().strip()).isEqualTo("fetching  100% of 2.0 kB");
        display.close();
    }
}
