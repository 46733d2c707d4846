package dev.bindery.host.isolation.leak;

import java.time.Instant;

/**
 * A generation that was unloaded and whose classes stay in memory.
 *
 * @param binding the id of the binding
 * @param generation what people call the generation: {@code echo#3}
 * @param cause what holds it, in a sentence for the binding's author
 * @param since when it was noticed
 */
public record Leak(String binding, String generation, String cause, Instant since) {
    /** Everything that there is to say, in a sentence. */
    public String sentence() {
        return "%s was unloaded, but its classes stay in memory: %s".formatted(generation, cause);
    }
}
