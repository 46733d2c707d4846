package dev.bindery.server.openai;

import dev.bindery.server.json.Fields;
import org.jspecify.annotations.Nullable;

/** What chat and completion requests say alike about the form of their answers. */
final class StreamOptions {
    private StreamOptions() {}

    static boolean includeUsage(Fields body) {
        Fields options = body.object("stream_options");
        return options != null && options.isSet("include_usage");
    }

    /** Local servers' clients say -1 where they want no limit. */
    static @Nullable Integer maxTokens(Fields body, String field) {
        return body.isWhole(field, -1) ? null : body.count(field, 1, Integer.MAX_VALUE);
    }

    static int candidates(Fields body, int most) {
        Integer n = body.count("n", 1, most);
        return n == null ? 1 : n;
    }
}
