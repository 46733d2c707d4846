package dev.bindery.host.shell;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;

/** The shell's commands for instances. Public for Gogo, which calls them by their names. */
public final class InstanceCommands {
    static final String[] FUNCTIONS = {"instances", "config"};

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

    @Descriptor("show the settings of an instance, or change some")
    public String config(
            @Descriptor("its name") String name,
            @Descriptor("SETTING=VALUE, with no space; quote what has one") String[] changes) {
        if (changes.length > 0) {
            return table(doors.instances().configure(name, InstanceChange.settings(read(changes))));
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

    private static String table(InstanceStatus instance) {
        Table table = new Table("SETTING", "VALUE", "HELP");
        for (ConfigEntry entry : instance.template().entries()) {
            table.row(
                    entry.name(),
                    instance.settings().field(entry.name()).map(InstanceCommands::plain).orElse(""),
                    entry.help());
        }
        String reason = instance.reason().isEmpty() ? "" : ": " + instance.reason();
        return "%s (%s): %s%s%n%s"
                .formatted(
                        instance.name(),
                        instance.binding(),
                        instance.state(),
                        reason,
                        table.text());
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonString text ? text.value() : value.toString();
    }
}
