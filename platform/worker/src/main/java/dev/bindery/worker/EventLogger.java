package dev.bindery.worker;

import dev.bindery.host.protocol.WireReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A logger whose messages the host writes into its own log. */
record EventLogger(String name, System.Logger.Level least, Host host) implements System.Logger {
    static EventLogger of(WireReader setup, Host host) {
        String least = setup.textIf("logLevel").orElse("INFO");
        return new EventLogger(setup.text("instance"), System.Logger.Level.valueOf(least), host);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            host.log(
                    level.getName(), text(bundle, message) + (thrown == null ? "" : trace(thrown)));
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        if (isLoggable(level)) {
            host.log(level.getName(), formatted(text(bundle, format), parameters));
        }
    }

    private static String formatted(String format, @Nullable Object @Nullable [] parameters) {
        if (parameters == null || parameters.length == 0) {
            return format;
        }
        try {
            return MessageFormat.format(format, parameters);
        } catch (IllegalArgumentException _) {
            return format;
        }
    }

    private static String text(@Nullable ResourceBundle bundle, @Nullable String message) {
        if (bundle == null || message == null) {
            return String.valueOf(message);
        }
        try {
            return bundle.getString(message);
        } catch (MissingResourceException _) {
            return message;
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }
}
