package dev.bindery.cli.operator;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session of the shell of a running host. For one thread, but for {@link #stop}. */
public final class ShellClient implements AutoCloseable {
    private static final String SHELL = "shell";

    private final AdminClient admin;
    private final String session;

    private ShellClient(AdminClient admin, String session) {
        this.admin = admin;
        this.session = session;
    }

    public static ShellClient open(AdminClient admin) {
        return new ShellClient(admin, Json.text(admin.post(SHELL), "session"));
    }

    /**
     * Runs a line; returns when it has ended, or was stopped.
     *
     * @param output hears what it prints, as it comes
     * @throws CommandFailure when the line failed; its message says why
     */
    public void run(String line, Consumer<String> output) {
        List<String> failures = new ArrayList<>();
        admin.follow(
                line(line),
                part -> {
                    String text = Json.text(part, "output");
                    if (!text.isEmpty()) {
                        output.accept(text);
                    }
                    if (part.has("failure")) {
                        failures.add(Json.text(part, "failure"));
                    }
                },
                SHELL,
                session,
                "run");
        if (!failures.isEmpty()) {
            throw new CommandFailure(failures.getFirst());
        }
    }

    /** Interrupts the line that is running. */
    public void stop() {
        admin.stop();
    }

    /**
     * How the last word of a line may go on: objects with {@code value} and {@code description}.
     */
    public JsonNode complete(String line) {
        return admin.post(line(line), SHELL, session, "complete").path("completions");
    }

    private static ObjectNode line(String line) {
        ObjectNode body = Json.object();
        body.put("line", line);
        return body;
    }

    @Override
    public void close() {
        admin.delete(SHELL, session);
    }
}
