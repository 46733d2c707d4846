package dev.bindery.server.options;

import java.time.Duration;

/**
 * How much is remembered of what providers attached to turns with tool calls.
 *
 * @param entries the most turns
 * @param bytes about the most memory for all of them; a single turn may take a sixteenth of it
 * @param timeToLive after how long without use a turn is forgotten
 */
public record RecallLimits(int entries, long bytes, Duration timeToLive) {
    /** Thousands of conversations, for as long as a tool may take. */
    public static final RecallLimits DEFAULTS =
            new RecallLimits(10_000, 64L << 20, Duration.ofHours(1));

    /** The most bytes of one turn. */
    public long turnBytes() {
        return bytes / 16;
    }
}
