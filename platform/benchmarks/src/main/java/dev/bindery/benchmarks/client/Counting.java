package dev.bindery.benchmarks.client;

import java.io.IOException;

/** An answer of a binding that counts, while it comes in. For one thread. */
final class Counting {
    private static final String VERSION = "1.0.";

    private final int oldest;
    private final long asked;
    private String version = "";
    private int pieces;
    private long last;
    private long firstPiece;
    private long longestGap;

    /**
     * @param oldest the oldest version that may answer
     * @param asked when it was asked for, by {@link System#nanoTime}
     */
    Counting(int oldest, long asked) {
        this.oldest = oldest;
        this.asked = asked;
    }

    /** Takes in the next piece: after the first, the only one that may follow. */
    void piece(String piece, long now) throws IOException {
        if (pieces == 0) {
            version = piece.substring(0, Math.max(piece.indexOf(':'), 0));
            if (!version.startsWith(VERSION) || number() < oldest) {
                throw new IOException(
                        "expected %s%d or newer, but got: %s".formatted(VERSION, oldest, piece));
            }
            firstPiece = now - asked;
        } else {
            longestGap = Math.max(longestGap, now - last);
        }
        String expected = version + ":" + pieces + " ";
        if (!piece.equals(expected)) {
            throw new IOException("expected `%s`, but got `%s`".formatted(expected, piece));
        }
        pieces++;
        last = now;
    }

    /** The answer, which has ended and must have that many pieces. */
    CountedAnswer whole(int expected) throws IOException {
        if (pieces != expected) {
            throw new IOException(
                    "expected %d pieces, but the answer of %s ended after %d"
                            .formatted(expected, version, pieces));
        }
        return new CountedAnswer(number(), firstPiece, longestGap);
    }

    private int number() {
        return Integer.parseInt(version.substring(VERSION.length()));
    }
}
