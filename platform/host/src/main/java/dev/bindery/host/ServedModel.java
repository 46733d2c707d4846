package dev.bindery.host;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A model that a host serves, or could after a pull.
 *
 * @param instance the instance's name
 * @param info what the binding says of it
 * @param capabilities what it can do: the card's, as far as the model has them
 * @param since when its binding came, or was last changed
 */
public record ServedModel(
        String instance, ModelInfo info, Set<Capability> capabilities, Instant since) {
    public ServedModel {
        capabilities = Set.copyOf(capabilities);
    }

    /** When it was last changed; where the binding does not know, when the binding was. */
    public Instant modified() {
        return info.modified().orElse(since);
    }

    /** The name by which clients address it: {@code instance/model}. */
    public String id() {
        return instance + "/" + info.name();
    }
}
