package dev.bindery.server.answer;

/** Sees where a JSON object ends whose text comes in pieces. For one thread. */
final class ObjectEnd {
    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean reached;

    /** Reads on; what comes after the end changes nothing. */
    void read(String more) {
        for (int i = 0; i < more.length() && !reached; i++) {
            if (inText) {
                readText(more.charAt(i));
            } else {
                read(more.charAt(i));
            }
        }
    }

    boolean reached() {
        return reached;
    }

    private void read(char c) {
        switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                reached = depth <= 0;
            }
            default -> {}
        }
    }

    private void readText(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inText = false;
        }
    }
}
