package dev.bindery.binding.llamacpp;

import java.util.List;
import java.util.Optional;

/**
 * Looks for stop texts in an answer that comes in pieces, wherever the pieces begin and end. What
 * may become a stop text is held back until that is decided. For one thread.
 */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private Optional<String> found = Optional.empty();

    StopTexts(List<String> stops) {
        this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /** The text that may go out now; nothing comes after a stop text was found. */
    String add(String piece) {
        if (found.isPresent()) {
            return "";
        }
        held.append(piece);
        int end = firstStop();
        return take(end >= 0 ? end : held.length() - mayGrowIntoStop());
    }

    /** What was held back, once no more can come. */
    String rest() {
        return found.isPresent() ? "" : take(held.length());
    }

    /** The stop text at which the answer ended. */
    Optional<String> found() {
        return found;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
                found = Optional.of(stop);
            }
        }
        return first;
    }

    private int mayGrowIntoStop() {
        int longest = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (stop.startsWith(held.substring(held.length() - n))) {
                    longest = n;
                }
            }
        }
        return splitsPair(held.length() - longest) ? longest + 1 : longest;
    }

    private boolean splitsPair(int at) {
        return at > 0
                && at < held.length()
                && Character.isSurrogatePair(held.charAt(at - 1), held.charAt(at));
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
