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
                secretsBefore.keySet().stream()
                        .filter(name -> !change.settings().containsKey(name))
                        .toList();
        if (kept.isEmpty()) {
            return;
        }
        for (String address : ADDRESSES) {
            template.entry(address)
                    .ifPresent(entry -> {
                        String old = origin(before, entry);
                        String now = origin(after, entry);
                        if (!old.equals(now)) {
                            throw moved(entry, old, now, kept);
                        }
                    });
        }
    }

    private static String origin(InstanceConfig config, ConfigEntry entry) {
        JsonValue value = config.settings().field(entry.name()).orElse(JsonNull.NULL);
        return Draft.origin(value instanceof JsonNull ? entry.value() : value).orElse("");
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
