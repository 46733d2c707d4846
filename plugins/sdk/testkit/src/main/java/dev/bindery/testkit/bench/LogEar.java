package dev.bindery.testkit.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * Hears everything that is logged in this process, through SLF4J where Logback is behind it and
 * through the JDK's own logging, and keeps it from the console meanwhile.
 */
public final class LogEar implements AutoCloseable {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final java.util.logging.Logger jdk = java.util.logging.Logger.getLogger("");
    private final Handler handler = new JdkEar();
    private final Appender<ILoggingEvent> appender = new LogbackEar();
    private Level before = Level.WARN;

    private LogEar() {}

    /** Where nobody has configured Logback, only what went wrong is shown. */
    public static void quieten() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context && !isConfigured()) {
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        }
    }

    private static boolean isConfigured() {
        ClassLoader loader = LogEar.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || loader.getResource("logback.xml") != null
                || loader.getResource("logback-test.xml") != null;
    }

    /** Listens from now on. */
    public static LogEar listening() {
        LogEar ear = new LogEar();
        ear.jdk.addHandler(ear.handler);
        ear.root().ifPresent(ear::takeOver);
        return ear;
    }

    private java.util.Optional<Logger> root() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? java.util.Optional.of(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
                : java.util.Optional.empty();
    }

    private void takeOver(Logger root) {
        Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders();
        appenders.forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        before = root.getLevel();
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
    }

    /** Every line so far, with the texts of exceptions. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        jdk.removeHandler(handler);
        root().ifPresent(root -> {
            root.detachAppender(appender);
            root.setLevel(before);
            others.forEach(root::addAppender);
        });
        appender.stop();
    }

    private final class LogbackEar extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(event.getLoggerName() + ": ");
            line.append(event.getFormattedMessage());
            for (IThrowableProxy thrown = event.getThrowableProxy();
                    thrown != null;
                    thrown = thrown.getCause()) {
                line.append(" / ").append(thrown.getMessage());
            }
            heard.add(line.toString());
        }
    }

    private final class JdkEar extends Handler {
        @Override
        public void publish(LogRecord event) {
            String thrown = event.getThrown() == null ? "" : " / " + event.getThrown();
            heard.add(event.getLoggerName() + ": " + event.getMessage() + thrown);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
