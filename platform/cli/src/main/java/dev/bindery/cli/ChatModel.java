package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Chooses whom to talk with: the first model that can chat, a local one before others. */
record ChatModel(AdminClient admin) {
    private static final String LOCAL = "llamacpp";

    String choose() {
        List<JsonNode> candidates = new ArrayList<>();
        for (JsonNode model : admin.get("models").path("models")) {
            if (model.path("installed").asBoolean(true)
                    && Json.texts(model, "capabilities").contains("chat")) {
                candidates.add(model);
            }
        }
        if (candidates.isEmpty()) {
            throw new CommandFailure(
                    "No model is ready to chat. What there is to fetch shows: bindery models;"
                            + " then fetch it with: bindery pull MODEL");
        }
        Set<String> local = localInstances();
        return candidates.stream()
                .filter(model -> local.contains(Json.text(model, "instance")))
                .findFirst()
                .map(model -> Json.text(model, "id"))
                .orElseGet(() -> Json.text(candidates.getFirst(), "id"));
    }

    private Set<String> localInstances() {
        Set<String> names = new HashSet<>();
        for (JsonNode instance : admin.get("instances").path("instances")) {
            if (Json.text(instance, "binding").equals(LOCAL)) {
                names.add(Json.text(instance, "name"));
            }
        }
        return names;
    }
}
