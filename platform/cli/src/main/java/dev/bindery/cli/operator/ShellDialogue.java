package dev.bindery.cli.operator;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import java.io.PrintWriter;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import tools.jackson.databind.JsonNode;

/**
 * Lines that a person types at a terminal, edited there and run by the host. They are remembered
 * while the dialogue lasts and kept in no file: one of them may set a secret.
 */
public final class ShellDialogue {
    private final ShellClient client;
    private final Terminal terminal;
    private final PrintWriter out;

    public ShellDialogue(ShellClient client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
        this.out = terminal.writer();
    }

    /** Goes on until the person leaves. */
    public void hold() {
        say(
                "The host's shell. help lists the commands, exit or Ctrl-D leaves, Ctrl-C ends a line.");
        terminal.handle(Terminal.Signal.INT, _ -> client.stop());
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .completer((_, line, candidates) -> complete(line, candidates))
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
        boolean going = true;
        while (going) {
            try {
                going = hear(reader.readLine("bindery> ").strip());
            } catch (UserInterruptException _) {
                say("To leave: exit or Ctrl-D.");
            } catch (EndOfFileException _) {
                going = false;
            }
        }
    }

    private boolean hear(String line) {
        if (line.equals("exit") || line.equals("quit")) {
            return false;
        }
        if (!line.isEmpty()) {
            run(line);
        }
        return true;
    }

    private void run(String line) {
        try {
            client.run(
                    line,
                    text -> {
                        out.print(text);
                        out.flush();
                    });
        } catch (CommandFailure e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        try {
            for (JsonNode each : client.complete(line.line().substring(0, line.cursor()))) {
                String value = Json.text(each, "value");
                String description = Json.text(each, "description");
                candidates.add(
                        new Candidate(
                                value,
                                value,
                                null,
                                description.isEmpty() ? null : description,
                                null,
                                null,
                                !value.endsWith("=")));
            }
        } catch (CommandFailure _) {
            // No completion is better than a message in the middle of a line.
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
