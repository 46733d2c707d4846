package dev.bindery.server.openai;

import dev.bindery.server.json.Fields;

/** What chat and completion requests say alike about the form of their answers. */
final class StreamOptions {
    private StreamOptions() {}

    static boolean includeUsage(Fields body) {
        Fields options = body.object("stream_options");
        return options != null && options.isSet("include_usage");
    }

    static int candidates(Fields body, int most) {
        Integer n = body.count("n", 1, most);
        return n == null ? 1 : n;
    }
}
