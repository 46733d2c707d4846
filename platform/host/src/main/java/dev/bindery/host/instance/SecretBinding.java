package dev.bindery.host.instance;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A secret belongs to the address that it was given for: a change that sends it elsewhere must give
 * it again, so that nobody who may change an address learns a key by it. The address stands beside
 * the secret, so that this holds also for what changes while the host is stopped. A reference that
 * stands in the instance's file beside the address is held against the file as it was before. The
 * name of a provider counts as an address: whoever is named is sent the key.
 */
final class SecretBinding {
    private static final List<String> ADDRESSES =
            List.of("base_url", "url", "endpoint", "address", "proxy", "provider", "provider_file");

    private SecretBinding() {}

    /** Whom the addresses that were given lead to, by setting. */
    static JsonObject addresses(InstanceConfig config, ConfigTemplate template) {
        Map<String, JsonValue> origins = new LinkedHashMap<>();
        for (ConfigEntry entry : template.entries()) {
            JsonValue value = config.settings().field(entry.name()).orElse(JsonNull.NULL);
            if (!entry.secret() && isAddress(entry, value) && !Origin.of(value).isEmpty()) {
                origins.put(entry.name(), new JsonString(Origin.of(value)));
            }
        }
        return new JsonObject(origins);
    }

    private static boolean isAddress(ConfigEntry entry, JsonValue value) {
        return ADDRESSES.contains(entry.name()) || Origin.isAddress(value);
    }

    /**
     * @param given the settings that the change gives
     * @throws HostException when one that it does not give would be sent elsewhere
     */
    static void check(
            InstanceConfig before,
            Secrets secrets,
            InstanceConfig after,
            Set<String> given,
            ConfigTemplate template) {
        Map<String, JsonObject> kept = new LinkedHashMap<>();
        for (ConfigEntry entry : template.entries()) {
            if (entry.secret() && !given.contains(entry.name())) {
                givenFor(entry.name(), before, secrets, after)
                        .ifPresent(addresses -> kept.put(entry.name(), addresses));
            }
        }
        for (ConfigEntry entry : template.entries()) {
            if (!entry.secret()) {
                check(entry, kept, value(after.settings(), entry));
            }
        }
    }

    /** The addresses that a secret was given for, if it is there. */
    private static Optional<JsonObject> givenFor(
            String name, InstanceConfig before, Secrets secrets, InstanceConfig after) {
        boolean isStored = secrets.values().containsKey(name);
        if (isStored && after.settings().field(name).isEmpty()) {
            return Optional.of(secrets.addresses().getOrDefault(name, before.settings()));
        }
        boolean isReferred = before.settings().field(name).isPresent();
        return isReferred ? Optional.of(before.settings()) : Optional.empty();
    }

    private static void check(ConfigEntry entry, Map<String, JsonObject> kept, JsonValue now) {
        Map<String, JsonValue> moved = new LinkedHashMap<>();
        kept.forEach((secret, addresses) -> {
            JsonValue old = value(addresses, entry);
            if ((isAddress(entry, old) || isAddress(entry, now))
                    && !Origin.of(old).equals(Origin.of(now))) {
                moved.put(secret, old);
            }
        });
        if (!moved.isEmpty()) {
            throw HostException.invalid(
                    "%s would move from %s to %s, but %s was given for the old address; give it again in the same change"
                            .formatted(
                                    entry.name(),
                                    shown(moved.values().iterator().next()),
                                    shown(now),
                                    String.join(", ", moved.keySet())));
        }
    }

    private static JsonValue value(JsonObject settings, ConfigEntry entry) {
        JsonValue value = settings.field(entry.name()).orElse(JsonNull.NULL);
        return value instanceof JsonNull ? entry.value() : value;
    }

    private static String shown(JsonValue address) {
        return Origin.of(address).isEmpty() ? "nowhere" : Origin.of(address);
    }
}
