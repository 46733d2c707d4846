package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows an instance's settings, or changes them: in effect at once, with no restart. */
@Command(
        name = "config",
        description = "Show an instance's settings, or change them; makes the instance if new.",
        footer = {
            "",
            "VALUE may be - for what is on standard input, or @FILE for what is in a file;",
            "secrets given so stay out of the shell's history. @@ stands for one @.",
            "A list is words between commas, or JSON: 'models=[\"a, b\",\"c\"]'; a map is JSON.",
            "",
            "bindery config openai                               show the settings",
            "bindery config openai api_key=-                     set one",
            "bindery config work --binding openai base_url=URL   a second use of a binding",
            "bindery config work limits.concurrency=4            calls at once; in effect at once",
            "bindery config work --unset limits.concurrency      the default again",
            "bindery config work --rename office                 another name, while it serves",
            "bindery config work --isolation process --memory 1g run it in a process of its own"
        })
final class ConfigCommand implements Callable<Integer> {
    private static final String LIMIT = "limits.";

    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    @Parameters(index = "0", paramLabel = "NAME", description = "The instance's name.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "SETTING=VALUE",
            description = "Settings to change, and limits as limits.LIMIT=NUMBER.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--binding", paramLabel = "ID", description = "Of which binding it is a use.")
    private @Nullable String binding;

    @Option(names = "--unset", paramLabel = "SETTING", description = "Back to the default.")
    private List<String> unset = new ArrayList<>();

    @Option(
            names = "--default-model",
            paramLabel = "MODEL",
            description = "What the instance's bare name stands for.")
    private @Nullable String defaultModel;

    @Option(
            names = "--alias",
            paramLabel = "ALIAS=MODEL",
            description = "Another name of a model; with nothing after the = it is removed.")
    private Map<String, String> aliases = new TreeMap<>();

    @Option(
            names = "--limit",
            paramLabel = "LIMIT=NUMBER",
            description = {
                "concurrency, queue; first_token_s, idle_s,",
                "total_s, unload_after_s in seconds; retries."
            })
    private Map<String, Long> limits = new TreeMap<>();

    @Option(
            names = "--isolation",
            paramLabel = "process|card",
            description = "Run its code in a process of its own, or where its card says.")
    private @Nullable String isolation;

    @Option(
            names = "--memory",
            paramLabel = "SIZE|default",
            description = "The most memory of its process: 512m, 2g.")
    private @Nullable String memory;

    @Option(
            names = "--calls",
            split = ",",
            paramLabel = "INSTANCE[/MODEL]",
            description = {
                "The models of other instances that it may use, in place",
                "of those before; 'none' for none."
            })
    private @Nullable List<String> calls;

    @Option(
            names = "--enabled",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether it serves.")
    private @Nullable Boolean enabled;

    @Option(
            names = "--rename",
            paramLabel = "NEW",
            description = "Another name, with its settings and data; by itself.")
    private @Nullable String rename;

    @Option(names = "--remove", description = "Remove the instance, with its settings.")
    private boolean remove;

    ConfigCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public Integer call() {
        ObjectNode change = change();
        AdminClient admin = host.admin();
        if (remove) {
            admin.delete("instances", name);
            shell.out().println(name + " is removed.");
            return ExitCode.OK;
        }
        if (change.isEmpty()) {
            output.print(
                    admin.get("instances", name),
                    instance ->
                            new InstanceView(shell.out(), shell.terminal().width()).show(instance));
            return ExitCode.OK;
        }
        return report(admin.patch(change, "instances", name));
    }

    private ObjectNode change() {
        ObjectNode change = Json.object();
        if (rename != null) {
            change.put("name", rename);
        }
        ObjectNode settings = new Assignments(shell).read(assignments);
        unset.forEach(settings::putNull);
        ObjectNode limited = limits(settings);
        if (!settings.isEmpty()) {
            change.set("settings", settings);
        }
        if (binding != null) {
            change.put("binding", binding);
        }
        if (defaultModel != null) {
            change.put("default_model", defaultModel);
        }
        if (enabled != null) {
            change.put("enabled", enabled);
        }
        if (isolation != null) {
            change.put("isolation", isolation.equals("card") ? "" : isolation);
        }
        if (memory != null) {
            change.put("memory", memory.equals("default") ? "" : memory);
        }
        if (calls != null) {
            ArrayNode list = change.putArray("calls");
            calls.stream().filter(entry -> !entry.equals("none")).forEach(list::add);
        }
        if (!aliases.isEmpty()) {
            aliases.forEach(change.putObject("aliases")::put);
        }
        if (!limited.isEmpty()) {
            change.set("limits", limited);
        }
        return change;
    }

    /** Takes the limits out of the settings; no setting has a dot in its name. */
    private ObjectNode limits(ObjectNode settings) {
        ObjectNode limited = Json.object();
        for (String name : List.copyOf(settings.propertyNames())) {
            if (name.startsWith(LIMIT)) {
                limited.set(name.substring(LIMIT.length()), settings.remove(name));
            }
        }
        limits.forEach(limited::put);
        return limited;
    }

    private int report(JsonNode instance) {
        Standing standing = Standing.ofInstance(instance);
        if (standing.failed()) {
            shell.err().println("bindery: " + standing.sentence());
            return ExitCode.SOFTWARE;
        }
        output.print(
                instance,
                _ -> {
                    shell.out().println(standing.sentence());
                    Standing.trouble(instance)
                            .ifPresent(said -> shell.out().println("    " + said));
                });
        return ExitCode.OK;
    }
}
