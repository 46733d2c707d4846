package dev.bindery.host.instance;

import dev.bindery.api.BindingCard;
import dev.bindery.api.JsonObject;
import dev.bindery.host.HostException;
import dev.bindery.host.Placement;
import dev.bindery.host.Reach;
import java.util.Map;
import java.util.Optional;

/**
 * One instance as the operator configured it.
 *
 * @param name its name
 * @param binding the id of its binding
 * @param settings the values given, secrets not among them
 * @param defaultModel the model that the bare instance name stands for
 * @param aliases alias to model
 * @param enabled whether it shall serve
 * @param limits the limits given, by name
 * @param placement where its code is to run
 * @param calls which models of other instances it may use
 * @param implicit whether it has no file, and exists only because its binding does
 */
public record InstanceConfig(
        String name,
        String binding,
        JsonObject settings,
        Optional<String> defaultModel,
        Map<String, String> aliases,
        boolean enabled,
        JsonObject limits,
        Placement placement,
        Reach calls,
        boolean implicit) {
    public InstanceConfig {
        aliases = Map.copyOf(aliases);
    }

    /** The same under another name, with a file of its own. */
    public InstanceConfig named(String other) {
        return new InstanceConfig(
                other,
                binding,
                settings,
                defaultModel,
                aliases,
                enabled,
                limits,
                placement,
                calls,
                false);
    }

    /** Where its code runs, as far as a binding of that card can run so. */
    public Placement placed(BindingCard card) {
        try {
            return placement.over(card);
        } catch (HostException _) {
            return placement;
        }
    }

    /** The instance of a file of which nothing else can be known. */
    public static InstanceConfig unreadable(String name) {
        return new InstanceConfig(
                name,
                name,
                JsonObject.EMPTY,
                Optional.empty(),
                Map.of(),
                true,
                JsonObject.EMPTY,
                Placement.OF_CARD,
                Reach.NONE,
                false);
    }

    /** The instance that a binding has while none is configured. */
    public static InstanceConfig implicit(String binding) {
        return new InstanceConfig(
                binding,
                binding,
                JsonObject.EMPTY,
                Optional.empty(),
                Map.of(),
                true,
                JsonObject.EMPTY,
                Placement.OF_CARD,
                Reach.NONE,
                true);
    }
}
