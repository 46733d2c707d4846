package dev.bindery.cli.running;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Has everything logged where the operator looks: the home's logs, warnings on the console. */
final class Logs {
    private Logs() {}

    /**
     * To be called before anything logs.
     *
     * @param requests whether each request is logged
     */
    static void into(Path home, Path distribution, boolean requests) {
        System.setProperty("bindery.logs", home.resolve("logs").toString());
        System.setProperty("bindery.access", requests ? "INFO" : "OFF");
        Path own = home.resolve("conf/logback.xml");
        Path usual = distribution.resolve("conf/logback.xml");
        Path chosen = Files.isReadable(own) ? own : usual;
        if (Files.isReadable(chosen)) {
            System.setProperty("logback.configurationFile", chosen.toString());
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
