package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How a binding or an instance stands, in words.
 *
 * @param name its id or name
 * @param state as the host names it
 * @param reason why, in a sentence; may be empty
 */
record Standing(String name, String state, String reason) {
    static Standing ofBinding(JsonNode binding) {
        return new Standing(
                Json.text(binding, "id"),
                Json.text(binding, "state"),
                Json.text(binding, "reason"));
    }

    static Standing ofInstance(JsonNode instance) {
        return new Standing(
                Json.text(instance, "name"),
                Json.text(instance, "state"),
                Json.text(instance, "reason"));
    }

    /** Where an instance serves, what it says is wrong all the same: a path that is not there. */
    static Optional<String> trouble(JsonNode instance) {
        JsonNode health = instance.path("health");
        String reason = Json.text(health, "reason");
        return ofInstance(instance).active() && !reason.isEmpty()
                ? Optional.of(Json.text(health, "status") + ": " + reason)
                : Optional.empty();
    }

    boolean active() {
        return state.equals("ACTIVE");
    }

    boolean failed() {
        return List.of("FAILED", "QUARANTINED").contains(state);
    }

    /** The name, the state, and the reason where there is one. */
    String sentence() {
        return name + ": " + state + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** What there is to say below a row that shows a binding: of itself, and of its instances. */
    static List<String> remarks(JsonNode binding, List<JsonNode> instances) {
        List<String> remarks = new ArrayList<>();
        Standing own = ofBinding(binding);
        boolean isOfAnInstance = false;
        for (JsonNode instance : instances) {
            Standing standing = ofInstance(instance);
            isOfAnInstance |= standing.reason.equals(own.reason);
            if (own.active() && !standing.active()) {
                remarks.add(standing.sentence());
            } else if (own.active()) {
                trouble(instance).ifPresent(trouble -> remarks.add(standing.name + ": " + trouble));
            }
        }
        if (!own.reason.isEmpty() && !(own.active() && isOfAnInstance)) {
            remarks.addFirst(own.reason);
        }
        return remarks;
    }
}
