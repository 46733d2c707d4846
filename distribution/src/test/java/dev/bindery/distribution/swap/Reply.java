package dev.bindery.distribution.swap;

import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.sequence.Origin;
import dev.bindery.distribution.sequence.Sequence;
import tools.jackson.databind.JsonNode;

/** One answer of the chat API, as it comes in, held against what it must be. For one thread. */
final class Reply {
    private static final String DATA = "data: ";

    private final Sequence asked;
    private final StringBuilder text = new StringBuilder();
    private String finish = "";
    private boolean over;

    Reply(Sequence asked) {
        this.asked = asked;
    }

    /** A line of a stream of events. */
    void event(String line) {
        if (line.isEmpty() || line.startsWith(":")) {
            return;
        }
        if (over || !line.startsWith(DATA)) {
            throw new AssertionError("not expected here: " + line);
        }
        if (line.equals(DATA + "[DONE]")) {
            over = true;
        } else {
            take(LiveHost.json(line.substring(DATA.length())), "delta");
        }
    }

    /** The one line of an answer that does not stream. */
    void whole(String line) {
        if (over) {
            throw new AssertionError("a second line: " + line);
        }
        over = true;
        take(LiveHost.json(line), "message");
    }

    private void take(JsonNode answer, String part) {
        JsonNode choice = answer.path("choices").path(0);
        if (choice.isMissingNode()) {
            throw new AssertionError("no choice in " + answer);
        }
        text.append(choice.path(part).path("content").asString(""));
        finish = choice.path("finish_reason").asString(finish);
    }

    /**
     * Who gave this answer.
     *
     * @throws AssertionError when any of it is missing, doubled, in another place or of another
     *     generation
     */
    Origin checked() {
        if (!over || !finish.equals("stop")) {
            throw new AssertionError(
                    "the answer ended with '%s' after: %s".formatted(finish, text));
        }
        Origin origin = Origin.of(text.toString());
        String expected = asked.text(origin.toString());
        if (!text.toString().equals(expected)) {
            throw new AssertionError("expected\n%s\nbut got\n%s".formatted(expected, text));
        }
        return origin;
    }
}
