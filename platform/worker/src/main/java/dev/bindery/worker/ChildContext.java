package dev.bindery.worker;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.protocol.ConfigCodec;
import dev.bindery.host.protocol.WireReader;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The context of the binding in this process; what it cannot do itself it asks of the host. */
record ChildContext(
        String instance,
        BindingCard card,
        TypedConfig config,
        InstallOption installOption,
        Path dataDirectory,
        Path modelsDirectory,
        System.Logger logger,
        PackageManager packages,
        ExecutorService executor,
        Models models,
        Notifications notifications)
        implements BindingContext {
    private static final int GRACE_SECONDS = 1;

    static ChildContext of(WireReader setup, BindingCard card, Host host, ClassLoader loader) {
        String instance = setup.text("instance");
        return new ChildContext(
                instance,
                card,
                ConfigCodec.decode(setup.object("config")),
                installOption(setup),
                Path.of(setup.text("dataDirectory")),
                Path.of(setup.text("modelsDirectory")),
                EventLogger.of(setup, host),
                new HostPackages(host.requests()),
                executor(loader),
                new HostModels(host.requests()),
                new EventNotifications(host));
    }

    /** Ends the binding's own background work: what runs may finish, for a moment. */
    void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
                boolean _ = executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "ChildContext[" + instance + "]";
    }

    private static InstallOption installOption(WireReader setup) {
        return setup.textIf("installOption")
                .map(InstallOption::valueOf)
                .orElse(InstallOption.INSTALL_IF_NECESSARY);
    }

    private static ExecutorService executor(ClassLoader loader) {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = Thread.ofPlatform().daemon().name("binding").unstarted(work);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }
}
