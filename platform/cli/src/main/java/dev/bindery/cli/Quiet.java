package dev.bindery.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** For commands that start hosts of their own and report themselves what they see there. */
final class Quiet {
    private Quiet() {}

    /**
     * Lets nothing of a host and its libraries through to the console, by whichever way they log;
     * who listens himself still hears it.
     */
    static void hosts() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLoggerList().forEach(Logger::detachAndStopAllAppenders);
        }
        LogManager.getLogManager().reset();
    }
}
