package dev.bindery.host.instance;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import java.util.List;
import java.util.Map;

/**
 * A secret belongs to the address that it was given for: a change that sends it elsewhere must give
 * it again, so that nobody who may change an address learns a key by it.
 */
final class SecretBinding {
    private static final List<String> ADDRESSES =
            List.of("base_url", "url", "endpoint", "address", "proxy");

    private SecretBinding() {}

    static void check(
            InstanceConfig before,
            Map<String, JsonValue> secretsBefore,
            InstanceConfig after,
            InstanceChange change,
            ConfigTemplate template) {
        List<String> kept =
                template.entries().stream()
                        .filter(ConfigEntry::secret)
                        .map(ConfigEntry::name)
                        .filter(name -> isGiven(name, before, secretsBefore))
                        .filter(name -> !change.settings().containsKey(name))
                        .toList();
        if (kept.isEmpty()) {
            return;
        }
        for (ConfigEntry entry : template.entries()) {
            JsonValue old = value(before, entry);
            JsonValue now = value(after, entry);
            boolean isAddress =
                    ADDRESSES.contains(entry.name())
                            || Origin.isAddress(old)
                            || Origin.isAddress(now);
            if (!entry.secret() && isAddress && !Origin.of(old).equals(Origin.of(now))) {
                throw moved(entry, Origin.of(old), Origin.of(now), kept);
            }
        }
    }

    /** In the secret store, or by a reference in the operator's file. */
    private static boolean isGiven(
            String name, InstanceConfig before, Map<String, JsonValue> secretsBefore) {
        return secretsBefore.containsKey(name) || before.settings().field(name).isPresent();
    }

    private static JsonValue value(InstanceConfig config, ConfigEntry entry) {
        JsonValue value = config.settings().field(entry.name()).orElse(JsonNull.NULL);
        return value instanceof JsonNull ? entry.value() : value;
    }

    private static HostException moved(
            ConfigEntry entry, String old, String now, List<String> kept) {
        String secrets = String.join(", ", kept);
        return HostException.invalid(
                "%s would move from %s to %s, but %s was given for the old address; give it again in the same change"
                        .formatted(entry.name(), shown(old), shown(now), secrets));
    }

    private static String shown(String origin) {
        return origin.isEmpty() ? "nowhere" : origin;
    }
}
