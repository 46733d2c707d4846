package dev.bindery.server.answer;

import dev.bindery.api.Operation;

/**
 * Turns operations on a candidate's text into pieces that are only ever added, for streams that
 * cannot take back what they have sent. What the pieces add up to is what {@link
 * dev.bindery.api.Answer} says.
 *
 * <p>Of a binding that corrects itself, the piece that a {@code REPLACE_LAST} could still change is
 * kept back until the next one comes. A {@code SET_CONTENT} is followed as far as it agrees with
 * what was sent; where it does not, the text is {@link #contradicted()} and nothing more comes. For
 * one thread.
 */
final class DeltaText {
    private final boolean corrections;
    private final WholeCharacters characters = new WholeCharacters();
    private final StringBuilder settled = new StringBuilder();
    private String last = "";
    private boolean replaceable;
    private boolean kept;
    private boolean contradicted;

    /**
     * @param corrections whether the binding says that it takes back what it has sent
     */
    DeltaText(boolean corrections) {
        this.corrections = corrections;
    }

    /** What can be added to the stream because of that operation; often empty. */
    String on(Operation operation) {
        String piece =
                switch (operation.type().name()) {
                    case "ADD_CHUNK" -> append(operation.text());
                    case "NEW_LINE" -> append("\n");
                    case "REPLACE_LAST" -> replaceLast(operation.text());
                    case "SET_CONTENT", "SET_CONTENT_INVISIBLE_TO_AI" ->
                            setContent(operation.text());
                    default -> "";
                };
        return characters.add(piece);
    }

    /** What was kept back, before something that is no text: it stands before that. */
    String settled() {
        return characters.add(release());
    }

    /** What was kept back, when nothing can change it any more. */
    String end() {
        return characters.add(release()) + characters.rest();
    }

    /** Whether the text was changed where it had been sent already. */
    boolean contradicted() {
        return contradicted;
    }

    private String append(String text) {
        String before = release();
        return before + hold(text, true);
    }

    private String replaceLast(String text) {
        if (!replaceable) {
            return append(text);
        }
        if (kept) {
            return hold(text, true);
        }
        return follow(last, text);
    }

    /** Goes on from what was sent of a piece to its replacement, where that is possible. */
    private String follow(String sent, String text) {
        if (!text.startsWith(sent)) {
            contradicted = true;
            return "";
        }
        last = text;
        return settle(text.substring(sent.length()));
    }

    private String setContent(String text) {
        boolean agrees = settled.length() <= text.length() && text.startsWith(settled.toString());
        if (!agrees) {
            contradicted = true;
            return "";
        }
        return hold(text.substring(settled.length()), false);
    }

    private String hold(String text, boolean canBeReplaced) {
        last = text;
        replaceable = canBeReplaced;
        kept = corrections;
        return kept ? "" : settle(text);
    }

    private String release() {
        boolean wasKept = kept;
        kept = false;
        return wasKept ? settle(last) : "";
    }

    private String settle(String text) {
        settled.append(text);
        return text;
    }
}
