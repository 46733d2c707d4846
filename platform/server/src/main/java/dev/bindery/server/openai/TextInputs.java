package dev.bindery.server.openai;

import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import java.util.List;
import java.util.function.Function;

/** Reads what is a text, a list of texts, a list of tokens, or a list of such lists. */
final class TextInputs {
    private static final String EXPECTED =
            "a string, a list of strings, a list of tokens, or a list of lists of tokens";

    private TextInputs() {}

    static <T> List<T> read(
            Element input, int most, Function<String, T> ofText, Function<int[], T> ofTokens) {
        if (input.isText()) {
            return List.of(ofText.apply(input.text()));
        }
        if (!input.isList()) {
            throw input.wrong(EXPECTED);
        }
        List<Element> items = input.list();
        if (items.isEmpty()) {
            throw Refusal.invalid(input.name(), "the list is empty; expected " + EXPECTED);
        }
        if (items.getFirst().isWhole()) {
            return List.of(ofTokens.apply(tokens(items)));
        }
        if (items.size() > most) {
            throw Refusal.invalid(
                    input.name(), "%d texts; at most %d at once".formatted(items.size(), most));
        }
        return items.stream().map(item -> one(item, ofText, ofTokens)).toList();
    }

    private static <T> T one(Element item, Function<String, T> ofText, Function<int[], T> tokens) {
        if (item.isText()) {
            return ofText.apply(item.text());
        }
        if (!item.isList()) {
            throw item.wrong("a string or a list of tokens");
        }
        return tokens.apply(tokens(item.list()));
    }

    private static int[] tokens(List<Element> items) {
        return items.stream().mapToInt(item -> (int) item.whole(0, Integer.MAX_VALUE)).toArray();
    }
}
