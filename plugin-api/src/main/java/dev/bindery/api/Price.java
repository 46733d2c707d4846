package dev.bindery.api;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, per million tokens. What is unknown is absent, never 0; a binding says what
 * its provider told it, and guesses nothing.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Price {
    private static final double MILLION = 1_000_000;

    private final String currency;
    private final @Nullable Double input;
    private final @Nullable Double cachedInput;
    private final @Nullable Double cacheWrite;
    private final @Nullable Double output;

    private Price(Builder builder) {
        currency = builder.currency;
        input = builder.input;
        cachedInput = builder.cachedInput;
        cacheWrite = builder.cacheWrite;
        output = builder.output;
    }

    /**
     * @param currency three capital letters: USD, EUR, CNY, …
     * @throws IllegalArgumentException for anything else
     */
    public static Builder builder(String currency) {
        return new Builder(currency);
    }

    /** The currency by its three letters. */
    public String currency() {
        return currency;
    }

    /** A million tokens of the prompt. */
    public OptionalDouble input() {
        return optional(input);
    }

    /** A million of those that were read from the provider's cache; absent: as any input. */
    public OptionalDouble cachedInput() {
        return optional(cachedInput);
    }

    /** A million of those that were written to the provider's cache; absent: as any input. */
    public OptionalDouble cacheWrite() {
        return optional(cacheWrite);
    }

    /** A million tokens of the answer, reasoning included. */
    public OptionalDouble output() {
        return optional(output);
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * What those tokens cost; absent where no count is known, or a count whose price is not.
     *
     * <p>Counts that are unknown are left out, so that of a call that broke off what is known is
     * counted.
     */
    public OptionalDouble cost(Usage usage) {
        Optional<Double> prompt = prompt(usage);
        Optional<Double> answer = part(usage.outputTokens(), output);
        boolean promptMissing = isMissing(usage.inputTokens(), prompt);
        boolean answerMissing = isMissing(usage.outputTokens(), answer);
        if (promptMissing || answerMissing || (prompt.isEmpty() && answer.isEmpty())) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(prompt.orElse(0.0) + answer.orElse(0.0));
    }

    /** Nothing costs nothing, whatever its price. */
    private static boolean isMissing(OptionalLong tokens, Optional<Double> cost) {
        return tokens.orElse(0) > 0 && cost.isEmpty();
    }

    private Optional<Double> prompt(Usage usage) {
        if (input == null || usage.inputTokens().isEmpty()) {
            return Optional.empty();
        }
        long all = usage.inputTokens().getAsLong();
        long read = Math.min(all, usage.cacheReadTokens().orElse(0));
        long written = Math.min(all - read, usage.cacheWriteTokens().orElse(0));
        return Optional.of(
                ((all - read - written) * input
                                + read * (cachedInput == null ? input : cachedInput)
                                + written * (cacheWrite == null ? input : cacheWrite))
                        / MILLION);
    }

    private static Optional<Double> part(OptionalLong tokens, @Nullable Double price) {
        return price == null || tokens.isEmpty()
                ? Optional.empty()
                : Optional.of(tokens.getAsLong() * price / MILLION);
    }

    /**
     * Builds {@link Price}s; not for several threads. Each method sets what the accessor of its
     * name returns, and throws {@link IllegalArgumentException} for less than nothing.
     */
    public static final class Builder {
        private final String currency;
        private @Nullable Double input;
        private @Nullable Double cachedInput;
        private @Nullable Double cacheWrite;
        private @Nullable Double output;

        private Builder(String currency) {
            if (!currency.matches("[A-Z]{3}")) {
                throw new IllegalArgumentException(
                        "a currency has three capital letters, such as USD; found " + currency);
            }
            this.currency = currency;
        }

        public Builder input(@Nullable Double input) {
            this.input = checked(input);
            return this;
        }

        public Builder cachedInput(@Nullable Double cachedInput) {
            this.cachedInput = checked(cachedInput);
            return this;
        }

        public Builder cacheWrite(@Nullable Double cacheWrite) {
            this.cacheWrite = checked(cacheWrite);
            return this;
        }

        public Builder output(@Nullable Double output) {
            this.output = checked(output);
            return this;
        }

        private static @Nullable Double checked(@Nullable Double price) {
            if (price != null && !(price >= 0 && price <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("a price is no less than 0; found " + price);
            }
            return price;
        }

        public Price build() {
            return new Price(this);
        }
    }
}
