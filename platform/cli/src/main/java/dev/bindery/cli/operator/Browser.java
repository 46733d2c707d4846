package dev.bindery.cli.operator;

import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The browser of whoever sits at this machine. */
public final class Browser {
    private final Shell shell;

    public Browser(Shell shell) {
        this.shell = shell;
    }

    /**
     * Opens an address that is a secret: it goes through a file of the user's own, since everybody
     * on the machine sees command lines.
     *
     * @return false where there is no browser, or nobody to look at it
     */
    public boolean open(String address) {
        Optional<List<String>> command = shell.terminal().out() ? command() : Optional.empty();
        return command.isPresent() && open(address, command.get());
    }

    private static boolean open(String address, List<String> command) {
        try {
            Path page = Files.createTempFile("bindery-", ".html");
            Files.writeString(page, page(address));
            new ProcessBuilder(
                            command.stream()
                                    .map(word -> word.isEmpty() ? page.toString() : word)
                                    .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static String page(String address) {
        return """
        <!doctype html>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="0; url=%s">
        <title>Bindery</title>
        """
                .formatted(address.replace("&", "&amp;").replace("\"", "&quot;"));
    }

    /** With an empty word in the place of what is to be opened. */
    private Optional<List<String>> command() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Optional.of(List.of("open", ""));
        }
        if (system.contains("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", ""));
        }
        boolean display =
                shell.variable("DISPLAY").or(() -> shell.variable("WAYLAND_DISPLAY")).isPresent();
        return display ? Optional.of(List.of("xdg-open", "")) : Optional.empty();
    }
}
