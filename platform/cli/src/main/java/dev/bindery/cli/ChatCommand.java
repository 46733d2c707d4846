package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.chat.ChatClient;
import dev.bindery.cli.chat.Conversation;
import dev.bindery.cli.chat.Dialogue;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.HeaderSecret;
import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Talks with a model: in the terminal, or once, with what comes from a pipe. */
@Command(
        name = "chat",
        description = "Talk with a model in the terminal; from a pipe, all of it is one question.",
        footer = {"", "echo 'Why is the sky blue?' | bindery chat"})
final class ChatCommand implements Runnable {
    private static final int LONGEST_QUESTION = 8 << 20;

    private final Shell shell;
    @Mixin private final RunningHost host;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "As `bindery models` names it; else the first one that can chat.")
    private @Nullable String model;

    @Option(names = "--system", paramLabel = "TEXT", description = "An instruction for it.")
    private String system = "";

    @Option(names = "--max-tokens", paramLabel = "N", description = "The longest answer.")
    private @Nullable Integer maxTokens;

    @Option(names = "--temperature", paramLabel = "T", description = "How freely it chooses.")
    private @Nullable Double temperature;

    ChatCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        AdminClient admin = host.admin();
        ChatClient client = new ChatClient(admin.http(), admin.address(), key());
        String chosen = model == null ? new ChatModel(admin).choose() : model;
        Conversation conversation = new Conversation(chosen, system, options());
        if (shell.terminal().interactive()) {
            converse(client, conversation);
        } else {
            answerOnce(client, conversation);
        }
    }

    private Optional<String> key() {
        return shell.variable("BINDERY_API_KEY")
                .map(key -> HeaderSecret.checked(key.strip(), "BINDERY_API_KEY"));
    }

    private ObjectNode options() {
        ObjectNode options = Json.object();
        if (maxTokens != null) {
            options.put("max_tokens", maxTokens);
        }
        if (temperature != null) {
            options.put("temperature", temperature);
        }
        return options;
    }

    private static void converse(ChatClient client, Conversation conversation) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            new Dialogue(client, conversation, terminal).hold();
        } catch (IOException e) {
            throw new CommandFailure("The terminal cannot be used: " + e.getMessage(), e);
        }
    }

    private void answerOnce(ChatClient client, Conversation conversation) {
        PrintWriter out = shell.out();
        client.ask(
                conversation,
                question(),
                piece -> {
                    out.print(piece);
                    out.flush();
                });
        out.println();
    }

    private String question() {
        try {
            byte[] bytes = shell.in().readNBytes(LONGEST_QUESTION + 1);
            if (bytes.length > LONGEST_QUESTION) {
                throw new CommandFailure(
                        "The question on standard input is longer than %d MB; no model takes that."
                                .formatted(LONGEST_QUESTION >> 20));
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.isBlank()) {
                throw new CommandFailure(
                        "There is no question on standard input; for instance:"
                                + " echo 'Why is the sky blue?' | bindery chat");
            }
            return text.replaceFirst("\\r?\\n$", "");
        } catch (IOException e) {
            throw new CommandFailure("Standard input could not be read: " + e.getMessage(), e);
        }
    }
}
