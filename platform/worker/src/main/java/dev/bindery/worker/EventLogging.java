package dev.bindery.worker;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * What is logged through SLF4J in this process goes into the host's log, and the host's own logging
 * backend stays asleep here. Chosen by the system property {@code slf4j.provider}.
 */
public final class EventLogging implements SLF4JServiceProvider {
    private static final AtomicReference<System.Logger> TARGET =
            new AtomicReference<>(System.getLogger("worker"));

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new BasicMDCAdapter();

    /** From now on the messages go there. */
    static void to(System.Logger logger) {
        TARGET.set(logger);
    }

    static System.Logger target() {
        return TARGET.get();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Slf4jLogger::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
