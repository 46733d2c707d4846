package dev.bindery.cli.logs;

import dev.bindery.cli.shell.WrongCall;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as people write it: {@code 10m} ago, or a date, or a date and a time. */
public final class Since {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    private Since() {}

    /**
     * @throws WrongCall for what is neither
     */
    public static Instant read(String text, Clock clock) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
        }
        ZoneId zone = clock.getZone();
        List<Function<String, Instant>> forms =
                List.of(
                        Instant::parse,
                        given -> OffsetDateTime.parse(given).toInstant(),
                        given -> LocalDateTime.parse(given).atZone(zone).toInstant(),
                        given -> LocalDate.parse(given).atStartOfDay(zone).toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                return form.apply(text.replace(' ', 'T'));
            } catch (DateTimeException _) {
                // the next form
            }
        }
        throw new WrongCall(
                "--since %s is no time; write 30s, 10m, 2h, 1d, 2026-11-23 or 2026-11-23T14:30:00."
                        .formatted(text));
    }

    private static Duration duration(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
