package dev.bindery.host.shell;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;

/** The shell's commands for instances. Public for Gogo, which calls them by their names. */
public final class InstanceCommands {
    static final String[] FUNCTIONS = {"instances", "config"};

    private static final String LIMIT = "limits.";

    private final Doors doors;

    InstanceCommands(Doors doors) {
        this.doors = doors;
    }

    @Descriptor("list the configured uses of the bindings")
    public String instances() {
        Table table = new Table("NAME", "BINDING", "STATE", "MODELS", "CALLS", "QUEUED");
        for (InstanceStatus instance : doors.instances().list()) {
            table.row(
                    List.of(
                            instance.name(),
                            instance.binding(),
                            instance.state().name(),
                            String.valueOf(instance.models().size()),
                            String.valueOf(instance.activeCalls()),
                            String.valueOf(instance.queuedCalls())),
                    instance.reason().isEmpty() ? List.of() : List.of(instance.reason()));
        }
        return table.text();
    }

    @Descriptor("show the settings and limits of an instance, or change some")
    public String config(
            @Descriptor("another name, with its settings and data; by itself")
                    @Parameter(
                            names = {"-r", "--rename"},
                            absentValue = "")
                    String rename,
            @Descriptor("a setting or limit that goes back to its default")
                    @Parameter(
                            names = {"-u", "--unset"},
                            absentValue = "")
                    String unset,
            @Descriptor("its name") String name,
            @Descriptor("SETTING=VALUE or limits.LIMIT=NUMBER, with no space; quote what has one")
                    String[] changes) {
        Map<String, JsonValue> settings = read(changes);
        if (!unset.isEmpty()) {
            settings.put(unset, JsonNull.NULL);
        }
        if (!rename.isEmpty()) {
            if (!settings.isEmpty()) {
                throw HostException.invalid("rename it by itself, then change its settings");
            }
            return table(doors.instances().rename(name, rename));
        }
        if (!settings.isEmpty()) {
            return table(doors.instances().configure(name, change(settings)));
        }
        return table(
                doors.instances()
                        .find(name)
                        .orElseThrow(() -> HostException.notFound("there is no instance " + name)));
    }

    /** A refusal names the setting only: the value may be a secret. */
    private static Map<String, JsonValue> read(String[] changes) {
        Map<String, JsonValue> settings = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw HostException.invalid(
                        "write each change as SETTING=VALUE, with no space around the =");
            }
            settings.put(change.substring(0, equals), new JsonString(change.substring(equals + 1)));
        }
        return settings;
    }

    /** No setting has a dot in its name. */
    private static InstanceChange change(Map<String, JsonValue> given) {
        Map<String, JsonValue> settings = new LinkedHashMap<>();
        Map<String, JsonValue> limits = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(LIMIT)) {
                limits.put(name.substring(LIMIT.length()), value);
            } else {
                settings.put(name, value);
            }
        });
        return new InstanceChange(
                Optional.empty(), settings, Optional.empty(), Optional.empty(), Map.of(), limits);
    }

    private static String table(InstanceStatus instance) {
        Table table = new Table("SETTING", "VALUE", "HELP");
        for (ConfigEntry entry : instance.template().entries()) {
            table.row(
                    entry.name(),
                    instance.settings().field(entry.name()).map(InstanceCommands::plain).orElse(""),
                    entry.help());
        }
        Limits limits = instance.limits();
        limit(table, "concurrency", limits.concurrency(), "calls at once");
        limit(table, "queue", limits.queue(), "calls that may wait for a place");
        limit(table, "first_token_s", limits.firstToken().toSeconds(), "until an answer begins");
        limit(table, "idle_s", limits.idle().toSeconds(), "between two pieces of an answer");
        limit(table, "total_s", limits.total().toSeconds(), "for a whole answer");
        limit(table, "retries", limits.retries(), "of one request, all layers together");
        limits.unloadAfter()
                .ifPresent(after ->
                        limit(
                                table,
                                "unload_after_s",
                                after.toSeconds(),
                                "until a model that nobody asks for is freed"));
        String reason = instance.reason().isEmpty() ? "" : ": " + instance.reason();
        return "%s (%s): %s%s%n%s"
                .formatted(
                        instance.name(),
                        instance.binding(),
                        instance.state(),
                        reason,
                        table.text());
    }

    private static void limit(Table table, String name, long value, String help) {
        table.row(LIMIT + name, String.valueOf(value), help);
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonString text ? text.value() : value.toString();
    }
}
