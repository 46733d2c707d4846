package dev.bindery.openai;

import dev.bindery.api.Price;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a list of models says that each costs, in US dollars for one token. */
final class TokenPrices {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final Map<String, String> places;

    /**
     * @param places where in a model's entry the prices of {@code input cached_input cache_write
     *     output} stand: JSON pointers
     */
    TokenPrices(Map<String, String> places) {
        this.places = places;
    }

    @Nullable Price of(JsonNode model) {
        if (places.isEmpty()) {
            return null;
        }
        Price price =
                Price.builder("USD")
                        .input(at(model, "input"))
                        .cachedInput(at(model, "cached_input"))
                        .cacheWrite(at(model, "cache_write"))
                        .output(at(model, "output"))
                        .build();
        return price.input().isEmpty() && price.output().isEmpty() ? null : price;
    }

    /** Numbers come as texts, too; less than nothing stands for a price that depends. */
    private @Nullable Double at(JsonNode model, String kind) {
        String text = model.at(places.getOrDefault(kind, "/")).asString("");
        try {
            BigDecimal price = new BigDecimal(text).multiply(MILLION);
            return price.signum() < 0 ? null : price.doubleValue();
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
