package dev.bindery.cli.logs;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which records are asked for. */
public final class LogFilter implements Predicate<LogRecord> {
    private final Instant since;
    private final LogLevel least;
    private final Optional<Pattern> name;

    /**
     * @param since records before are left out
     * @param least records of lower levels are left out
     * @param name a binding's or instance's; records that do not have it as a word are left out
     */
    public LogFilter(Optional<Instant> since, LogLevel least, Optional<String> name) {
        this.since = since.orElse(Instant.MIN);
        this.least = least;
        this.name =
                name.map(word ->
                        Pattern.compile(
                                "(?<![A-Za-z0-9_-])" + Pattern.quote(word) + "(?![A-Za-z0-9_-])"));
    }

    public Instant since() {
        return since;
    }

    @Override
    public boolean test(LogRecord entry) {
        return entry.level().compareTo(least) >= 0
                && entry.time().map(time -> !time.isBefore(since)).orElse(since.equals(Instant.MIN))
                && name.map(word -> word.matcher(entry.text()).find()).orElse(true);
    }
}
