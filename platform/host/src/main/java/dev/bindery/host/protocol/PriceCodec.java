package dev.bindery.host.protocol;

import dev.bindery.api.Price;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a model costs. */
final class PriceCodec {
    private PriceCodec() {}

    static ObjectNode encode(Price price) {
        return new WireObject()
                .text("currency", price.currency())
                .number("input", price.input())
                .number("cachedInput", price.cachedInput())
                .number("cacheWrite", price.cacheWrite())
                .number("output", price.output())
                .node();
    }

    static Price price(WireReader wire) {
        try {
            return Price.builder(wire.text("currency"))
                    .input(number(wire.numberIf("input")))
                    .cachedInput(number(wire.numberIf("cachedInput")))
                    .cacheWrite(number(wire.numberIf("cacheWrite")))
                    .output(number(wire.numberIf("output")))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the field price: " + e.getMessage(), e);
        }
    }

    private static @Nullable Double number(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }
}
