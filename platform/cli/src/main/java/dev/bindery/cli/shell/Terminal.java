package dev.bindery.cli.shell;

/**
 * Which of the program's streams a person looks at.
 *
 * @param in whether input is typed
 * @param out whether output is shown
 * @param err whether errors are shown
 * @param columns how wide it is, in characters
 */
public record Terminal(boolean in, boolean out, boolean err, int columns) {
    private static final int WITHOUT = 100;

    /** No stream is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, false, 80);

    /** As the launcher saw it, which knows each stream apart; the JDK knows only all of them. */
    static Terminal ofThisProcess() {
        String streams = System.getProperty("bindery.terminal", "");
        return new Terminal(
                streams.contains("0"),
                streams.contains("1"),
                streams.contains("2"),
                Integer.getInteger("bindery.columns", 80));
    }

    /** How wide what is printed should be: where nobody looks at it now, somebody may later. */
    public int width() {
        return out && columns > 0 ? columns : WITHOUT;
    }

    /** Whether somebody can hold a conversation with the program. */
    public boolean interactive() {
        return in && out;
    }
}
