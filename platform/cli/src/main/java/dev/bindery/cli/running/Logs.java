package dev.bindery.cli.running;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Has everything logged where the operator looks: the home's logs, warnings on the console. */
final class Logs {
    private Logs() {}

    /**
     * To be called before anything logs.
     *
     * @throws CommandFailure where the environment says what cannot be
     */
    static void into(Path home, Path distribution, Shell shell) {
        System.setProperty("bindery.logs", home.resolve("logs").toString());
        System.setProperty("bindery.access", accessLevel(shell));
        Path own = home.resolve("conf/logback.xml");
        Path usual = distribution.resolve("conf/logback.xml");
        Path chosen = Files.isReadable(own) ? own : usual;
        if (Files.isReadable(chosen)) {
            System.setProperty("logback.configurationFile", chosen.toString());
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static String accessLevel(Shell shell) {
        String chosen = shell.variable("BINDERY_ACCESS_LOG").orElse("on");
        return switch (chosen) {
            case "on" -> "INFO";
            case "off" -> "OFF";
            default ->
                    throw new CommandFailure(
                            "BINDERY_ACCESS_LOG is %s; it takes on or off.".formatted(chosen));
        };
    }
}
