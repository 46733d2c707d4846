package dev.bindery.testkit.bench;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What a host would give the binding; what the binding says is kept. Thread-safe. */
final class BenchContext implements BindingContext, Notifications {
    static final String INSTANCE = "on-the-bench";

    private final BindingCard card;
    private final Path data;
    private final Path models;
    private final PackageManager packages;
    private final Models others;
    private final ExecutorService executor;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private volatile TypedConfig config;

    BenchContext(
            BindingCard card,
            TypedConfig config,
            Path data,
            Path models,
            PackageManager packages,
            Models others,
            ClassLoader loader) {
        this.card = card;
        this.config = config;
        this.data = data;
        this.models = models;
        this.packages = packages;
        this.others = others;
        ThreadFactory threads =
                code -> {
                    Thread thread = new Thread(code, "executor of " + INSTANCE);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                };
        this.executor = Executors.newThreadPerTaskExecutor(threads);
    }

    void update(TypedConfig updated) {
        config = updated;
    }

    /** Everything that the binding told the operator. */
    List<String> notices() {
        return List.copyOf(notices);
    }

    /** Ends background work, as the end of an instance does. */
    void end() throws InterruptedException {
        executor.shutdownNow();
        if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
            throw new Violation(
                    "work that was given to context().executor() went on for 5 s after stop, although it was interrupted");
        }
    }

    @Override
    public String instance() {
        return INSTANCE;
    }

    @Override
    public BindingCard card() {
        return card;
    }

    @Override
    public TypedConfig config() {
        return config;
    }

    @Override
    public InstallOption installOption() {
        return InstallOption.INSTALL_IF_NECESSARY;
    }

    @Override
    public Path dataDirectory() {
        return data;
    }

    @Override
    public Path modelsDirectory() {
        return models;
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("dev.bindery.binding." + INSTANCE);
    }

    @Override
    public PackageManager packages() {
        return packages;
    }

    @Override
    public ExecutorService executor() {
        return executor;
    }

    @Override
    public Models models() {
        return others;
    }

    @Override
    public Notifications notifications() {
        return this;
    }

    @Override
    public void info(String message) {
        notices.add(message);
    }

    @Override
    public void warning(String message) {
        notices.add(message);
    }

    @Override
    public void error(String message) {
        notices.add(message);
    }

    @Override
    public void success(String message) {
        notices.add(message);
    }
}
