package dev.bindery.echo;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The pieces that were tokenized so far, each under its number. The number comes from the piece's
 * hash: the same text has the same tokens in another instance and after a restart, but for the rare
 * pieces that would have shared one. Bounded; safe for many threads.
 */
final class Vocabulary {
    /** The first number of a piece: all below are code points. */
    static final int FIRST = Character.MAX_CODE_POINT + 1;

    static final int MAX_PIECES = 50_000;
    static final int MAX_LENGTH = 128;

    private static final int NUMBERS = Integer.MAX_VALUE - FIRST;
    private static final int TRIES = 8;

    private final ConcurrentMap<Integer, String> pieces = new ConcurrentHashMap<>();

    /** The piece's number; absent when it is too long, or there is no room for it. */
    OptionalInt number(String piece) {
        if (piece.length() > MAX_LENGTH) {
            return OptionalInt.empty();
        }
        int home = Math.floorMod(piece.hashCode(), NUMBERS - TRIES);
        for (int number = FIRST + home; number < FIRST + home + TRIES; number++) {
            if (piece.equals(pieces.get(number)) || isAdded(number, piece)) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    /** The piece of that number; absent when there is none. */
    Optional<String> piece(int number) {
        return Optional.ofNullable(pieces.get(number));
    }

    private boolean isAdded(int number, String piece) {
        if (pieces.size() >= MAX_PIECES) {
            return false;
        }
        String there = pieces.putIfAbsent(number, piece);
        return there == null || there.equals(piece);
    }
}
