package dev.bindery.echo;

import dev.bindery.api.BindingException;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Numbers the pieces of a text, one token each.
 *
 * <p>A token below {@link Vocabulary#FIRST} is a code point; any other is a piece in the {@link
 * Vocabulary}. A piece that the vocabulary cannot take is spelled in code points instead, so every
 * text comes back unchanged, whatever it holds.
 */
final class Tokenizer {
    private final Vocabulary vocabulary = new Vocabulary();

    int[] tokenize(String text) {
        return Pieces.of(text).stream().flatMapToInt(this::tokensOf).toArray();
    }

    String detokenize(int[] tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            append(token, text);
        }
        return text.toString();
    }

    private IntStream tokensOf(String piece) {
        if (piece.codePointCount(0, piece.length()) == 1) {
            return piece.codePoints();
        }
        OptionalInt number = vocabulary.number(piece);
        return number.isPresent() ? number.stream() : piece.codePoints();
    }

    private void append(int token, StringBuilder text) {
        if (Character.isValidCodePoint(token)) {
            text.appendCodePoint(token);
        } else {
            text.append(vocabulary.piece(token).orElseThrow(() -> unknown(token)));
        }
    }

    private static BindingException unknown(int token) {
        return BindingException.invalidRequest(
                "the token %d is not in echo's vocabulary; tokens are valid until the instance restarts: tokenize the text again"
                        .formatted(token));
    }
}
