package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PriceTest {
    private static final Price PRICE = Price.builder("USD").input(2.0).output(10.0).build();

    @Test
    void inputAndOutputCostByTheMillion() {
        assertThat(PRICE.cost(Usage.of(1_000_000, 500_000))).hasValue(7.0);
    }

    @Test
    void cachedInputCostsAsInputWhereItHasNoPriceOfItsOwn() {
        Usage usage =
                Usage.of(1_000_000, 0).toBuilder()
                        .cacheReadTokens(500_000L)
                        .cacheWriteTokens(100_000L)
                        .build();

        assertThat(PRICE.cost(usage)).hasValue(2.0);
        Price cached = Price.builder("USD").input(2.0).cachedInput(0.2).cacheWrite(2.5).build();
        assertThat(cached.cost(usage).getAsDouble()).isCloseTo(1.15, within(1e-9));
    }

    @Test
    void whatIsUnknownIsNotFree() {
        Price inputOnly = Price.builder("USD").input(2.0).build();

        assertThat(inputOnly.cost(Usage.of(1, 1))).isEmpty();
        assertThat(inputOnly.cost(Usage.of(1_000_000, 0))).hasValue(2.0);
        assertThat(inputOnly.cost(Usage.builder().inputTokens(1_000_000L).build())).hasValue(2.0);
        assertThat(PRICE.cost(Usage.builder().build())).isEmpty();
        assertThat(Price.builder("USD").build().cost(Usage.of(1, 1))).isEmpty();
        assertThat(PRICE.cost(Usage.builder().outputTokens(1_000_000L).build())).hasValue(10.0);
    }

    @Test
    void aPriceIsNoLessThanNothingInACurrency() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Price.builder("dollar"))
                .withMessageContaining("USD");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Price.builder("USD").input(-1.0))
                .withMessageContaining("-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Price.builder("USD").output(Double.NaN));
    }
}
