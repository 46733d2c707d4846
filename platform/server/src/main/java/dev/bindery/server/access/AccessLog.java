package dev.bindery.server.access;

import dev.bindery.api.Usage;
import dev.bindery.host.ServedModel;
import dev.bindery.server.account.CallAccount;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.account.RequestListener;
import dev.bindery.server.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a JSON object for each request to the logger {@value #NAME}: who asked what of which
 * model, and how it ended. Never a query, a key, or anything that was said. Safe for all threads.
 */
public final class AccessLog implements RequestListener {
    /** The logger's name; where it is off, nothing is done. */
    public static final String NAME = "dev.bindery.access";

    private static final int LONGEST_TEXT = 256;
    private static final int MOST_BEHIND = 32;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Logger log = LoggerFactory.getLogger(NAME);

    @Override
    public void ended(RequestAccount request) {
        if (log.isInfoEnabled()) {
            log.info(line(request));
        }
    }

    private static String line(RequestAccount request) {
        JsonText out = new JsonText().beginObject();
        out.field("time").text(request.arrived().toString());
        out.field("id").text(request.id());
        out.field("method").text(shortened(request.method()));
        out.field("path").text(shortened(request.path()));
        out.field("api").text(request.api());
        request.keyName().ifPresent(name -> out.field("key").text(name));
        request.status().ifPresent(status -> out.field("status").number((long) status));
        out.field("end").text(request.end().name().toLowerCase(Locale.ROOT));
        request.failure().ifPresent(code -> out.field("error").text(code));
        calls(request.calls(), out);
        out.field("duration_ms").number(millis(request.duration()));
        request.toFirstPiece().ifPresent(time -> out.field("first_piece_ms").number(millis(time)));
        return out.endObject().toString();
    }

    private static void calls(List<CallAccount> calls, JsonText out) {
        if (calls.isEmpty()) {
            return;
        }
        CallAccount first = calls.getFirst();
        first.model()
                .ifPresentOrElse(
                        model -> model(model, out),
                        () -> out.field("asked").text(shortened(first.asked())));
        if (calls.size() > 1) {
            out.field("calls").number((long) calls.size());
        }
        behind(calls, out);
        tokens("input_tokens", calls, Usage::inputTokens, out);
        tokens("output_tokens", calls, Usage::outputTokens, out);
    }

    private static void model(ServedModel model, JsonText out) {
        out.field("instance").text(model.instance());
        out.field("model").text(shortened(model.info().name()));
    }

    /** The models that bindings have asked, as far as these calls have ended. */
    private static void behind(List<CallAccount> calls, JsonText out) {
        if (calls.stream().allMatch(call -> call.behind().isEmpty())) {
            return;
        }
        out.field("behind").beginArray();
        calls.stream()
                .flatMap(call -> call.behind().stream())
                .limit(MOST_BEHIND)
                .forEach(call -> out.text(shortened(call.asked())));
        out.endArray();
    }

    private static void tokens(
            String name,
            List<CallAccount> calls,
            Function<Usage, OptionalLong> count,
            JsonText out) {
        calls.stream()
                .map(call -> count.apply(call.usage()))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .reduce(Long::sum)
                .ifPresent(sum -> out.field(name).number((long) sum));
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / NANOS_PER_MILLI * 1000) / 1000.0;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
