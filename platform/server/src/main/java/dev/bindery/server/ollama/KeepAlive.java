package dev.bindery.server.ollama;

import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a model stays loaded: seconds, or a duration as Go writes it ({@code 1h30m}); negative
 * for ever.
 */
final class KeepAlive {
    private static final Duration FOR_EVER = Duration.ofSeconds(-1);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final int LONGEST_TEXT = 64;
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|([0-9.]+[a-zµμ]+)+)");
    private static final Pattern STEP = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([a-zµμ]+)");
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "μs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private KeepAlive() {}

    static @Nullable Duration read(Fields body) {
        Element value = body.element("keep_alive");
        if (value == null) {
            return null;
        }
        if (value.isText()) {
            return parse(value);
        }
        if (!value.isNumber()) {
            throw value.wrong("seconds, or a duration such as \"5m\"");
        }
        double seconds = value.number(-Double.MAX_VALUE, Double.MAX_VALUE);
        BigDecimal whole = BigDecimal.valueOf(seconds).setScale(0, RoundingMode.DOWN);
        return duration(seconds < 0, whole.multiply(SECOND));
    }

    private static Duration parse(Element value) {
        String text = value.text();
        if (text.length() > LONGEST_TEXT || !WHOLE.matcher(text).matches()) {
            throw invalid(value);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher step = STEP.matcher(text);
        int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        while (step.find() && step.start() == end) {
            Long unit = NANOS.get(step.group(2));
            if (unit == null) {
                throw invalid(value);
            }
            nanos = nanos.add(new BigDecimal(step.group(1)).multiply(BigDecimal.valueOf(unit)));
            end = step.end();
        }
        if (end < text.length() && !text.substring(end).equals("0")) {
            throw invalid(value);
        }
        return duration(text.startsWith("-") && nanos.signum() > 0, nanos);
    }

    private static Duration duration(boolean negative, BigDecimal nanos) {
        return negative || nanos.compareTo(LONGEST) >= 0
                ? FOR_EVER
                : Duration.ofNanos(nanos.longValue());
    }

    private static Refusal invalid(Element value) {
        return Refusal.invalid("time: invalid duration \"%s\"".formatted(value.text()))
                .about(value.name());
    }
}
