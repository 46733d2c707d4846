package dev.bindery.cli.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One record of the log: its first line, and those that belong to it.
 *
 * @param time when; absent for lines before the first record, and of another layout
 * @param level as Logback names it
 * @param text all of it, without the last line's end
 */
public record LogRecord(Optional<Instant> time, LogLevel level, String text) {
    private static final Pattern START =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+) +(TRACE|DEBUG|INFO|WARN|ERROR)\\b.*");

    /** The record that begins with that line; empty when the line belongs to the one before. */
    static Optional<LogRecord> beginningWith(String line) {
        Matcher start = START.matcher(line);
        if (!start.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new LogRecord(
                            Optional.of(OffsetDateTime.parse(start.group(1)).toInstant()),
                            LogLevel.valueOf(start.group(2)),
                            line));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Lines that no record has begun before. */
    static LogRecord headless(String line) {
        return new LogRecord(Optional.empty(), LogLevel.INFO, line);
    }

    LogRecord and(String line) {
        return new LogRecord(time, level, text + "\n" + line);
    }
}
