package dev.bindery.host.instance;

import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The secrets of an instance.
 *
 * @param values what was given, by setting
 * @param addresses for which addresses, by secret: of each address setting that was given, whom it
 *     leads to. A secret that is not in it was written by hand, and is bound when it is first used
 */
public record Secrets(Map<String, JsonValue> values, Map<String, JsonObject> addresses) {
    static final Secrets NONE = new Secrets(Map.of(), Map.of());

    public Secrets {
        values = Map.copyOf(values);
        addresses = Map.copyOf(addresses);
    }

    /** The same, where some of them belong to other addresses. */
    Secrets given(Set<String> names, JsonObject now) {
        Map<String, JsonObject> bound = new LinkedHashMap<>(addresses);
        names.forEach(name -> bound.put(name, now));
        bound.keySet().retainAll(values.keySet());
        return new Secrets(values, bound);
    }

    /** The names of those that belong to no address yet. */
    Set<String> unbound() {
        Map<String, JsonValue> unbound = new LinkedHashMap<>(values);
        unbound.keySet().removeAll(addresses.keySet());
        return Set.copyOf(unbound.keySet());
    }
}
