package dev.bindery.host;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The operator's shell of a running host: Apache Felix Gogo, with commands for bindings and
 * instances. Nothing of it is loaded before the first session. Safe for all threads.
 */
public interface Shell {
    /**
     * Begins a session with variables of its own; there may be many at once.
     *
     * @throws HostException when the shell cannot be started
     */
    Session open();

    /** Whoever has a session; it runs one line at a time. */
    interface Session extends AutoCloseable {
        /**
         * Runs a line and returns when it has ended.
         *
         * @param output hears what the commands print, as they print it, on threads of the shell
         * @return why the line failed, in words; empty when it did not
         * @throws HostException when a line is running already, or the session has ended
         */
        Optional<String> run(String line, Consumer<String> output);

        /** Interrupts the line that is running, if there is one. */
        void interrupt();

        /** How the last word of a line may go on. */
        List<Completion> complete(String line);

        /** Ends the session and interrupts what it runs; takes nothing else with it. */
        @Override
        void close();
    }

    /**
     * One way for a word to go on.
     *
     * @param value the whole word
     * @param description what it means; may be empty
     */
    record Completion(String value, String description) {}
}
