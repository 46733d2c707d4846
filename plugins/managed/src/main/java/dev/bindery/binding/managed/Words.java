package dev.bindery.binding.managed;

import dev.bindery.api.BindingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a command line as a shell would, without its expansions: words between spaces; quotes of
 * either kind hold spaces; a backslash takes the next sign as it is, but for single quotes.
 */
final class Words {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote;

    private Words(String line) {
        this.line = line;
    }

    /**
     * @param setting whose value the line is
     * @throws BindingException INVALID_REQUEST when a quote is not closed
     */
    static List<String> of(String setting, String line) {
        Words reading = new Words(line);
        reading.read();
        if (reading.quote != 0) {
            throw BindingException.invalidRequest(
                    "%s: a quote %s that is not closed".formatted(setting, reading.quote));
        }
        return List.copyOf(reading.words);
    }

    private void read() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                add(line.charAt(++i));
            } else {
                take(c);
            }
        }
        end();
    }

    private void take(char c) {
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            begun = true;
        } else if (quote == 0 && Character.isWhitespace(c)) {
            end();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        begun = true;
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
        }
    }
}
