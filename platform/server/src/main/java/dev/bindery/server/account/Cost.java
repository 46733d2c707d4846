package dev.bindery.server.account;

import java.util.List;
import java.util.Optional;

/**
 * What calls have cost.
 *
 * @param currency its three letters
 * @param amount in that currency
 */
public record Cost(String currency, double amount) {
    /** All of them together; absent where there are none, or of several currencies. */
    static Optional<Cost> sum(List<Cost> costs) {
        boolean mixed = costs.stream().map(Cost::currency).distinct().count() != 1;
        return mixed
                ? Optional.empty()
                : Optional.of(
                        new Cost(
                                costs.getFirst().currency(),
                                costs.stream().mapToDouble(Cost::amount).sum()));
    }
}
