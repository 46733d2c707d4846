package dev.bindery.server.account;

import dev.bindery.api.Price;
import dev.bindery.host.ServedModel;
import java.util.Optional;

/** What models cost, as far as anybody has said. */
@FunctionalInterface
public interface Pricing {
    Optional<Price> of(ServedModel model);
}
