package dev.bindery.cli;

import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** Sums of money, for people. */
final class CostText {
    private static final double CENT = 0.01;

    private CostText() {}

    /** By currency: {@code 1.23 USD, 0.50 EUR}; empty where nothing is known. */
    static String of(JsonNode costs) {
        StringJoiner text = new StringJoiner(", ");
        costs.forEachEntry((currency, amount) -> {
            double sum = amount.asDouble(0);
            String form = sum > 0 && sum < CENT ? "%.6f %s" : "%.2f %s";
            text.add(String.format(Locale.ROOT, form, sum, currency));
        });
        return text.toString();
    }
}
