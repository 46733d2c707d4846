package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code SETTING=VALUE}, where the value may lie on standard input or in a file. */
record Assignments(Shell shell) {
    ObjectNode read(List<String> assignments) {
        ObjectNode settings = Json.object();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new WrongCall(
                        assignment + " is no assignment; write SETTING=VALUE, with no space.");
            }
            settings.put(assignment.substring(0, equals), value(assignment.substring(equals + 1)));
        }
        return settings;
    }

    private String value(String written) {
        try {
            if (written.equals("-")) {
                return text(shell.in().readAllBytes());
            }
            if (written.startsWith("@@")) {
                return written.substring(1);
            }
            if (written.startsWith("@")) {
                return text(Files.readAllBytes(Path.of(written.substring(1))));
            }
            return written;
        } catch (IOException e) {
            throw new CommandFailure("The value of " + written + " could not be read: " + e, e);
        }
    }

    /** Without the line's end that editors and echo add. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
    }
}
