package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private final Run.Place place = new Run.Place();

    @Test
    void aMistypedCommandIsAUsageErrorThatNamesTheNearest() {
        Run run = place.run("instal");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("'instal'").contains("bindery install");
    }

    @Test
    void whatCannotBeIsSaidInOurWords() {
        assertThat(place.run("nosuch").err())
                .startsWith("bindery: There is no command 'nosuch'.\n");
        assertThat(place.run("list", "--nosuch").err())
                .startsWith("bindery: There is no option --nosuch.\n");
        assertThat(place.run("list", "more").err())
                .startsWith("bindery: 'more' is one argument too many.\n");
        assertThat(place.run("logs", "-n", "x").err())
                .startsWith(
                        "bindery: Invalid value for option '--lines': 'x' is not a whole number.\n");
    }

    @Test
    void whatCannotBeRunIsAWrongCall(@TempDir Path folder) {
        place.with("BINDERY_HOME", folder.resolve("home"));

        assertThat(place.run("run", "--port", "99999"))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("There is no port 99999"));
        assertThat(place.run("run", "--port", "0", "--tls-cert", "x.pem").exit()).isEqualTo(2);
        assertThat(place.run("run", "--port", "0", "--grace", "-1").exit()).isEqualTo(2);
        assertThat(place.run("run", "--port", "0", "--home", "").exit()).isEqualTo(2);
        for (String name : new String[] {"", " ", "..", "."}) {
            assertThat(place.run("info", name).exit()).isEqualTo(2);
        }
        assertThat(place.with("BINDERY_PORT", "abc").run("run"))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("BINDERY_PORT is abc"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noCommandAtAllIsAUsageError() {
        Run run = place.run();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("bindery --help");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(place.run("--version").out()).matches("Bindery \\d+\\.\\d+\\.\\d+ on Java .*\n");
    }

    @Test
    void everyCommandHasHelpAndADescription() {
        Shell shell =
                new Shell(
                        InputStream.nullInputStream(),
                        new PrintWriter(Writer.nullWriter()),
                        new PrintWriter(Writer.nullWriter()),
                        Map.of(),
                        Terminal.NONE);
        Map<String, CommandLine> commands = Bindery.commandLine(shell).getSubcommands();
        assertThat(commands).containsKeys(Commands.NAMES.toArray(String[]::new));
        commands.forEach((name, command) -> {
            assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
            assertThat(command.getCommandSpec().findOption("--help")).as(name).isNotNull();
        });
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(place.run("completion", "bash").out()).contains("uninstall").contains("--json");
        assertThat(place.run("completion", "zsh").out()).startsWith("#compdef bindery\n");
        assertThat(place.run("completion", "fish").exit()).isEqualTo(2);
    }
}
