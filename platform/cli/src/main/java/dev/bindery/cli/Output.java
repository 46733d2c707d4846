package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Prints data: as people read them, or as the host sent them. */
final class Output {
    private final Shell shell;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Output(Shell shell) {
        this.shell = shell;
    }

    /**
     * @param people prints them for people; called unless JSON is asked for
     */
    void print(JsonNode data, Consumer<JsonNode> people) {
        if (json) {
            shell.out().println(Json.pretty(data));
        } else {
            people.accept(data);
        }
    }
}
