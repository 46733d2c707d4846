package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import java.io.PrintWriter;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * Shows one instance with its settings, for people.
 *
 * @param width how wide its table may be
 */
record InstanceView(PrintWriter out, int width) {
    void show(JsonNode instance) {
        out.println(Standing.ofInstance(instance).sentence());
        fact("binding", Json.text(instance, "binding"));
        fact("default model", Json.text(instance, "default_model"));
        fact("aliases", pairs(instance.path("aliases")));
        fact("limits", pairs(instance.path("limits")));
        fact("runs in", place(instance));
        fact("may call", String.join(", ", Json.texts(instance, "calls")));
        fact("health", health(instance));
        fact("stuck calls", stuck(instance.path("stuck_calls")));
        fact("cost so far", cost(instance.path("totals")));
        fact("models", String.join(", ", Json.texts(instance, "models")));
        if (!instance.path("template").isEmpty()) {
            out.println();
            SettingsTable.of(instance.path("template"), instance.path("settings"))
                    .print(out, width);
        }
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            out.printf("%-14s %s%n", name, value);
        }
    }

    private static String cost(JsonNode totals) {
        String known = CostText.of(totals.path("cost"));
        int unpriced = totals.path("unpriced_calls").asInt(0);
        return known.isEmpty() || unpriced == 0
                ? known
                : known + ", and %d calls of unknown cost".formatted(unpriced);
    }

    private static String stuck(JsonNode calls) {
        return calls.asInt(0) == 0 ? "" : Json.text(calls) + " ignore their cancellation";
    }

    /** What does not run has none, though it may have had one. */
    private static String health(JsonNode instance) {
        if (!Standing.ofInstance(instance).active()) {
            return "";
        }
        JsonNode health = instance.path("health");
        String reason = Json.text(health, "reason");
        return Json.text(health, "status") + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** Where an instance's code runs: the host, or a process with so much memory. */
    static String place(JsonNode instance) {
        String memory = Json.text(instance, "memory");
        return switch (Json.text(instance, "isolation")) {
            case "process" -> memory.isEmpty() ? "process" : "process, " + memory;
            case "classloader" -> "host";
            default -> "";
        };
    }

    private static String pairs(JsonNode map) {
        StringJoiner pairs = new StringJoiner(", ");
        map.forEachEntry((name, value) -> pairs.add(name + "=" + Json.text(value)));
        return pairs.toString();
    }
}
