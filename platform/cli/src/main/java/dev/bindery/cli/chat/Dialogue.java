package dev.bindery.cli.chat;

import dev.bindery.cli.shell.CommandFailure;
import java.io.PrintWriter;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** A conversation that a person types at a terminal. */
public final class Dialogue {
    private static final String HELP =
            "/clear forgets the conversation, /exit or Ctrl-D leaves, Ctrl-C stops an answer.";

    private final ChatClient client;
    private final Conversation conversation;
    private final Terminal terminal;
    private final PrintWriter out;

    public Dialogue(ChatClient client, Conversation conversation, Terminal terminal) {
        this.client = client;
        this.conversation = conversation;
        this.terminal = terminal;
        this.out = terminal.writer();
    }

    /** Goes on until the person leaves. */
    public void hold() {
        say("Talking with " + conversation.model() + ". " + HELP);
        terminal.handle(Terminal.Signal.INT, _ -> client.stop());
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
        boolean going = true;
        while (going) {
            try {
                going = hear(reader.readLine("> ").strip());
            } catch (UserInterruptException _) {
                say("To leave: /exit or Ctrl-D.");
            } catch (EndOfFileException _) {
                going = false;
            }
        }
    }

    private boolean hear(String line) {
        switch (line) {
            case "" -> {}
            case "/exit", "/quit" -> {
                return false;
            }
            case "/clear" -> {
                conversation.clear();
                say("Forgotten.");
            }
            case "/help", "/?" -> say(HELP);
            default -> answer(line);
        }
        return true;
    }

    private void answer(String line) {
        try {
            client.ask(
                    conversation,
                    line,
                    piece -> {
                        out.print(piece);
                        out.flush();
                    });
            say("");
        } catch (CommandFailure e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
