package dev.bindery.server.openai;

import dev.bindery.api.Sampling;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How tokens are chosen: OpenAI's fields, and those that local servers have added to them. */
final class SamplingReader {
    private SamplingReader() {}

    static Sampling read(Fields body) {
        return Sampling.builder()
                .temperature(body.number("temperature", 0, 1000))
                .topP(body.number("top_p", 0, 1))
                .topK(topK(body))
                .minP(body.number("min_p", 0, 1))
                .repeatPenalty(repeatPenalty(body))
                .repeatLastN(body.count("repeat_last_n", -1, Integer.MAX_VALUE))
                .presencePenalty(body.number("presence_penalty", -2, 2))
                .frequencyPenalty(body.number("frequency_penalty", -2, 2))
                .seed(body.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE))
                .stop(stop(body.element("stop")))
                .build();
    }

    /** Local servers' clients say -1 where any token may come. */
    private static @Nullable Integer topK(Fields body) {
        return body.isWhole("top_k", -1) ? null : body.count("top_k", 0, Integer.MAX_VALUE);
    }

    private static @Nullable Double repeatPenalty(Fields body) {
        Double own = body.number("repeat_penalty", 0, 1000);
        Double other = body.number("repetition_penalty", 0, 1000);
        return own == null ? other : own;
    }

    private static List<String> stop(@Nullable Element stop) {
        if (stop == null) {
            return List.of();
        }
        if (stop.isText()) {
            return List.of(notEmpty(stop));
        }
        if (!stop.isList()) {
            throw stop.wrong("a string or a list of strings");
        }
        return stop.list().stream().map(SamplingReader::notEmpty).toList();
    }

    private static String notEmpty(Element stop) {
        String text = stop.text();
        if (text.isEmpty()) {
            throw Refusal.invalid(stop.name(), "an empty text would end every answer at once");
        }
        return text;
    }
}
