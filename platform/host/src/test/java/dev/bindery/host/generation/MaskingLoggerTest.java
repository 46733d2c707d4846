package dev.bindery.host.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskingLoggerTest {
    private final List<String> written = new ArrayList<>();
    private final System.Logger logger =
            new MaskingLogger(new Recorder(), text -> text.replace("secret", "***"));

    @Test
    void secretsAreMaskedInMessagesParametersAndTraces() {
        logger.log(System.Logger.Level.INFO, "key secret");
        logger.log(System.Logger.Level.INFO, "key {0}", "secret");
        logger.log(System.Logger.Level.INFO, () -> "from secret");
        logger.log(System.Logger.Level.INFO, "it failed", new IllegalStateException("of secret"));
        assertThat(written).hasSize(4).noneMatch(text -> text.contains("secret"));
        assertThat(written.getLast()).contains("IllegalStateException: of ***");
    }

    @Test
    void aMessageThatIsNoFormatIsLoggedAsItStands() {
        logger.log(System.Logger.Level.INFO, "{\"json\": 1}", "secret");
        assertThat(written).containsExactly("{\"json\": 1} [***]");
    }

    private final class Recorder implements System.Logger {
        @Override
        public String getName() {
            return "recorder";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String message,
                @Nullable Throwable thrown) {
            written.add(String.valueOf(message));
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... parameters) {
            written.add(String.valueOf(format));
        }
    }
}
