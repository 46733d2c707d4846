package dev.bindery.host.artifact;

import dev.bindery.api.Isolation;
import dev.bindery.host.document.YamlFields;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the field {@code process} of a card: the program of a binding that is not written for the
 * JVM. It can name what the jar has and what is on the host's PATH, and nothing else of the
 * machine.
 */
final class ProgramReader {
    /** Where a jar keeps its program. */
    static final String FOLDER = "program/";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    private ProgramReader() {}

    /** The command; empty when the card has none. */
    static List<String> command(YamlFields card) {
        YamlFields process = card.map("process").orElse(null);
        if (process == null) {
            return List.of();
        }
        process.allowOnly(List.of("command"));
        if (!card.text("isolation").filter(Isolation.PROCESS.yamlName()::equals).isPresent()) {
            throw card.problem("process", "a program needs `isolation: process`");
        }
        List<String> command = process.texts("command");
        if (command.isEmpty()) {
            throw process.problem(
                    "command",
                    "expected a program and its arguments: [python3, program/binding.py]");
        }
        check(process, command);
        return command;
    }

    private static void check(YamlFields process, List<String> command) {
        String program = command.getFirst();
        if (!NAME.matcher(program).matches() && !program.startsWith(FOLDER)) {
            throw process.problem(
                    "command",
                    "found the program `%s`, expected the name of one on the PATH, or a file of the jar such as program/run"
                            .formatted(program));
        }
        if (command.stream().anyMatch(word -> word.isEmpty() || word.indexOf('\0') >= 0)) {
            throw process.problem("command", "no word may be empty or hold a NUL");
        }
    }
}
