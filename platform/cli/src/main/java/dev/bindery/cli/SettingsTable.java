package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.host.shell.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The settings of a binding or an instance, with what each may be. */
final class SettingsTable {
    private SettingsTable() {}

    /** The settings of a card, with their defaults. */
    static Table of(JsonNode template) {
        return table(template, MissingNode.getInstance(), "DEFAULT");
    }

    /** The settings of an instance, with the values in force. */
    static Table of(JsonNode template, JsonNode values) {
        return table(template, values, "VALUE");
    }

    /** Commands, each with its parameters below it. */
    static Table ofCommands(JsonNode commands) {
        Table table = new Table("COMMAND", "DEFAULT", "TYPE", "ALLOWED", "HELP");
        for (JsonNode command : commands) {
            table.row(Json.text(command, "name"), "", "", "", Json.text(command, "help"));
            for (JsonNode parameter : command.path("parameters")) {
                String name = "  " + Json.text(parameter, "name") + "=";
                row(table, name, parameter.path("value"), parameter);
            }
        }
        return table;
    }

    private static Table table(JsonNode template, JsonNode values, String heading) {
        Table table = new Table("SETTING", heading, "TYPE", "ALLOWED", "HELP");
        for (JsonNode entry : template) {
            String name = Json.text(entry, "name");
            JsonNode value = values.has(name) ? values.path(name) : entry.path("value");
            row(table, name, value, entry);
        }
        return table;
    }

    private static void row(Table table, String name, JsonNode value, JsonNode entry) {
        table.row(
                name,
                Json.text(value),
                Json.text(entry, "type"),
                allowed(entry),
                Json.text(entry, "help"));
    }

    private static String allowed(JsonNode entry) {
        List<String> rules = new ArrayList<>();
        if (entry.path("required").asBoolean(false)) {
            rules.add("required");
        }
        if (entry.path("secret").asBoolean(false)) {
            rules.add("secret");
        }
        List<String> options = Json.texts(entry, "options");
        if (!options.isEmpty()) {
            rules.add(String.join(" | ", options));
        }
        String min = bound(entry.path("min"));
        String max = bound(entry.path("max"));
        if (!min.isEmpty() || !max.isEmpty()) {
            rules.add(min + ".." + max);
        }
        return String.join(", ", rules);
    }

    /** Bounds come as floating numbers, of whole settings too. */
    private static String bound(JsonNode number) {
        return number.isNumber()
                ? number.decimalValue().stripTrailingZeros().toPlainString()
                : Json.text(number);
    }
}
