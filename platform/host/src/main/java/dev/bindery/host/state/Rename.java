package dev.bindery.host.state;

import java.util.Objects;

/**
 * Another name that an instance got.
 *
 * @param to what it is called now
 * @param done whether everything that it has on disk is there already
 */
public record Rename(String to, boolean done) {
    /** A file that lacks a field leaves it null. */
    public Rename {
        to = Objects.requireNonNullElse(to, "");
    }
}
