package dev.bindery.server.openai;

import dev.bindery.api.TokenLogprob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in each choice's text the next tokens stand, in characters. For one thread. */
final class TextOffsets {
    private final Map<Integer, Integer> ends = new HashMap<>();

    /** The place of the first of these tokens. */
    int next(int candidate, List<TokenLogprob> tokens) {
        int start = ends.getOrDefault(candidate, 0);
        int length = tokens.stream().mapToInt(token -> token.token().length()).sum();
        ends.put(candidate, start + length);
        return start;
    }
}
