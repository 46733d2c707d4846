package dev.bindery.distribution.sequence;

/**
 * What a prompt asks for, and what the answer to it must be.
 *
 * @param pieces how many pieces the answer has
 * @param pauseMillis the time before each of them
 * @param seed makes each answer differ from all others
 */
public record Sequence(int pieces, int pauseMillis, long seed) {
    /** Reads what {@link #prompt} has written. */
    public static Sequence parse(String prompt) {
        String[] words = prompt.split(" ", -1);
        return new Sequence(
                Integer.parseInt(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }

    public String prompt() {
        return "%d %d %d".formatted(pieces, pauseMillis, seed);
    }

    /** One piece of the answer; no other place and no other prompt has it. */
    public String piece(String origin, int index) {
        return "%s %d/%d:%x\n".formatted(origin, seed, index, seed * 1_000_003 + index);
    }

    /** The whole answer. */
    public String text(String origin) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(piece(origin, i));
        }
        return text.toString();
    }
}
