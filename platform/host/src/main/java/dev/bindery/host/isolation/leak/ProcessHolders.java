package dev.bindery.host.isolation.leak;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What there is once in a process, and a binding put itself into. */
final class ProcessHolders {
    private final Ownership ownership;
    private final List<String> found = new ArrayList<>();

    private ProcessHolders(Ownership ownership) {
        this.ownership = ownership;
    }

    static List<String> of(Ownership ownership) {
        ProcessHolders holders = new ProcessHolders(ownership);
        holders.defaults();
        holders.securityProviders();
        holders.systemProperties();
        holders.logHandlers();
        return holders.found;
    }

    private void defaults() {
        check("System.out", System.out);
        check("System.err", System.err);
        check("System.in", System.in);
        check(
                "the default uncaught exception handler",
                Thread.getDefaultUncaughtExceptionHandler());
        check("the default proxy selector", ProxySelector.getDefault());
        check("the default authenticator", Authenticator.getDefault());
        check("the default cookie handler", CookieHandler.getDefault());
        check("the default response cache", ResponseCache.getDefault());
    }

    private void check(String what, @Nullable Object object) {
        if (object != null && ownership.has(object)) {
            found.add(
                    "%s is its %s, put back what was there in stop()"
                            .formatted(what, object.getClass().getName()));
        }
    }

    private void securityProviders() {
        for (Provider provider : Security.getProviders()) {
            if (ownership.has(provider)) {
                found.add(
                        "the security provider %s is registered, call Security.removeProvider in stop()"
                                .formatted(provider.getName()));
            }
        }
    }

    private void systemProperties() {
        System.getProperties()
                .forEach((name, value) -> {
                    if (ownership.has(name) || ownership.has(value)) {
                        found.add(
                                "the system property %s holds one of its objects, remove it in stop()"
                                        .formatted(ownership.has(name) ? "with its key" : name));
                    }
                });
    }

    private void logHandlers() {
        LogManager manager = LogManager.getLogManager();
        manager.getLoggerNames()
                .asIterator()
                .forEachRemaining(name -> {
                    Logger logger = manager.getLogger(name);
                    for (Handler handler : logger == null ? new Handler[0] : logger.getHandlers()) {
                        if (ownership.has(handler)) {
                            found.add(
                                    "the java.util.logging logger `%s` has its handler %s, remove it in stop()"
                                            .formatted(name, handler.getClass().getName()));
                        }
                    }
                });
    }
}
