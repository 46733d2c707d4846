package dev.bindery.host.generation;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A binding's logger, in whose messages the secrets of its settings are masked. Thread-safe. */
final class MaskingLogger implements System.Logger {
    private final System.Logger logger;
    private final UnaryOperator<String> mask;

    MaskingLogger(System.Logger logger, UnaryOperator<String> mask) {
        this.logger = logger;
        this.mask = mask;
    }

    @Override
    public String getName() {
        return logger.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger.isLoggable(level);
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (!logger.isLoggable(level)) {
            return;
        }
        String text = mask.apply(String.valueOf(message));
        // The throwable's class is the binding's: it becomes text here.
        logger.log(level, thrown == null ? text : text + ": " + mask.apply(trace(thrown)));
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        if (logger.isLoggable(level)) {
            String text =
                    parameters == null || parameters.length == 0
                            ? String.valueOf(format)
                            : formatted(String.valueOf(format), parameters);
            logger.log(level, mask.apply(text));
        }
    }

    /** A format that is none, such as JSON, is logged as it stands. */
    private static String formatted(String format, @Nullable Object[] parameters) {
        try {
            return MessageFormat.format(format, parameters);
        } catch (IllegalArgumentException e) {
            return format + " " + java.util.Arrays.toString(parameters);
        }
    }

    private static String trace(Throwable thrown) {
        var out = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(out));
        return out.toString();
    }
}
