package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.shell.Table;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyFile;
import dev.bindery.server.keys.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes, lists and revokes the keys of the LLM APIs. Works on the home's own file, so also before a
 * host runs, which off loopback would not start without a key; a running one sees the change within
 * a second.
 */
@Command(
        name = "keys",
        description = "Make, list and revoke the API keys that clients show.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
    private final Shell shell;
    @Spec private CommandSpec spec = CommandSpec.create();

    KeysCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    @Command(name = "add", description = "Make a key. It is shown once.")
    void add(
            @Mixin KeyHome home,
            @Parameters(paramLabel = "NAME", description = "What logs call it.") String name,
            @Option(
                            names = "--model",
                            paramLabel = "MODEL",
                            description =
                                    "A model that it may use: INSTANCE/MODEL, with * for any"
                                            + " characters. May be given several times; without it,"
                                            + " the key is for all models.")
                    @Nullable List<String> models) {
        try {
            List<String> permitted = models == null ? List.of() : models;
            Instant now = Clock.systemUTC().instant();
            KeyFile keys = home.file(shell);
            boolean first = keys.read().isEmpty();
            shell.out().println(KeyRing.add(keys, name, permitted, now));
            shell.err()
                    .println(
                            "This is the key of "
                                    + name
                                    + "; it is not shown again. Clients send it as 'Authorization:"
                                    + " Bearer KEY'.");
            warnOfNothing(home, permitted);
            if (first) {
                shell.err().println("It is the first one: from now on every client needs a key.");
            }
        } catch (IllegalArgumentException | IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** A running host knows which models there are; those of later on are nobody's to know. */
    private void warnOfNothing(KeyHome home, List<String> permitted) {
        HomeFolder folder = home.folder(shell);
        if (permitted.isEmpty() || !Files.exists(folder.runningHost())) {
            return;
        }
        List<String> models = new ArrayList<>();
        try {
            JsonNode answer = new AdminClient(folder, true, null, shell).get("models");
            answer.path("models").forEach(model -> models.add(Json.text(model, "id")));
        } catch (CommandFailure _) {
            return;
        }
        for (String pattern : permitted) {
            ApiKey alone = ApiKey.of("alone", "secret", List.of(pattern), null);
            if (models.stream().noneMatch(alone::permits)) {
                shell.err().println("No model that there is now fits " + pattern + ".");
            }
        }
    }

    @Command(name = "list", description = "List the keys: their names, not what clients send.")
    void list(
            @Mixin KeyHome home,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        try {
            List<ApiKey> keys = home.file(shell).read();
            if (json) {
                shell.out().println(Json.pretty(asJson(keys)));
            } else if (keys.isEmpty()) {
                shell.out().println("There are no API keys. Make one with: bindery keys add NAME");
            } else {
                table(keys).print(shell.out());
            }
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(name = "revoke", description = "Forget keys: whoever shows one is refused.")
    void revoke(
            @Mixin KeyHome home,
            @Parameters(arity = "1..*", paramLabel = "NAME", description = "Their names.")
                    List<String> names) {
        for (String name : new ArrayList<>(names)) {
            try {
                if (!KeyRing.revoke(home.file(shell), name)) {
                    throw new CommandFailure(
                            "There is no API key named " + name + "; see: bindery keys list");
                }
                shell.out().println(name + " is revoked.");
                if (home.file(shell).read().isEmpty()) {
                    shell.err().println("There are no keys in this home any more.");
                }
            } catch (IOException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static Table table(List<ApiKey> keys) {
        Table table = new Table("NAME", "MODELS", "MADE");
        for (ApiKey key : keys) {
            table.row(
                    key.name(),
                    key.unlimited() ? "all" : String.join(" ", key.models()),
                    key.created().map(Instant::toString).orElse(""));
        }
        return table;
    }

    private static JsonNode asJson(List<ApiKey> keys) {
        ObjectNode all = Json.object();
        ArrayNode list = all.putArray("keys");
        for (ApiKey key : keys) {
            ObjectNode entry = list.addObject().put("name", key.name());
            key.models().forEach(entry.putArray("models")::add);
            key.created().ifPresent(at -> entry.put("created", at.toString()));
        }
        return all;
    }

    /** Whose keys. */
    static final class KeyHome {
        @Option(
                names = "--home",
                paramLabel = "FOLDER",
                description = "The host's home; else $BINDERY_HOME, else ~/.bindery.")
        private @Nullable String home;

        HomeFolder folder(Shell shell) {
            return HomeFolder.chosen(home, shell);
        }

        KeyFile file(Shell shell) throws IOException {
            HomeFolder folder = folder(shell);
            Files.createDirectories(folder.path());
            return new KeyFile(folder.apiKeys());
        }
    }
}
