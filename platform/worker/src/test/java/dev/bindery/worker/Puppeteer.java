package dev.bindery.worker;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Isolation;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.SettingType;
import dev.bindery.api.Threads;
import dev.bindery.api.TypedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The host's side of one puppet: its context, which remembers what the puppet says. */
final class Puppeteer implements BindingContext, Notifications, PackageManager, Models {
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final List<String> logged = new CopyOnWriteArrayList<>();
    final List<String> fetched = new CopyOnWriteArrayList<>();

    private final Path folder;
    private final String colour;
    private final Threads threads;

    Puppeteer(Path folder) {
        this(folder, "red", Threads.PLATFORM);
    }

    Puppeteer(Path folder, String colour, Threads threads) {
        this.folder = folder;
        this.colour = colour;
        this.threads = threads;
    }

    static TypedConfig settings(String colour) {
        ConfigTemplate template =
                ConfigTemplate.of(
                        ConfigEntry.builder("colour", SettingType.STR).secret(true).build());
        return new TypedConfig(template, BaseConfig.of(Map.of("colour", colour)));
    }

    @Override
    public String instance() {
        return "puppet";
    }

    @Override
    public BindingCard card() {
        return BindingCard.builder("puppet", "Puppet", "a", "1.0.0", "d", "https://e.org", "MIT")
                .isolation(Isolation.PROCESS)
                .threads(threads)
                .settings(settings(colour).template())
                .build();
    }

    @Override
    public TypedConfig config() {
        return settings(colour);
    }

    @Override
    public InstallOption installOption() {
        return InstallOption.INSTALL_IF_NECESSARY;
    }

    @Override
    public Path dataDirectory() {
        return made("data ä");
    }

    @Override
    public Path modelsDirectory() {
        return made("models");
    }

    @Override
    public System.Logger logger() {
        return new Log();
    }

    @Override
    public PackageManager packages() {
        return this;
    }

    @Override
    public ExecutorService executor() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    @Override
    public Models models() {
        return this;
    }

    @Override
    public Notifications notifications() {
        return this;
    }

    @Override
    public void info(String message) {
        told.add("info " + message);
    }

    @Override
    public void warning(String message) {
        told.add("warning " + message);
    }

    @Override
    public void error(String message) {
        told.add("error " + message);
    }

    @Override
    public void success(String message) {
        told.add("success " + message);
    }

    @Override
    public void install(String coordinates, @Nullable String sha256, ProgressListener listener) {
        fetched.add(coordinates);
    }

    @Override
    public void download(
            URI source, @Nullable String sha256, Path target, ProgressListener listener) {
        fetched.add(source + " to " + target);
        listener.progress(Progress.of("half", 1, 2));
        listener.progress(Progress.of("whole", 2, 2));
    }

    @Override
    public List<String> names() {
        return List.of("other/model");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        boolean more = callback.chunk("asked ") && callback.chunk(request.model());
        return GenerationResult.of("asked " + request.model() + (more ? "" : ", unwanted"));
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Log implements System.Logger {
        @Override
        public String getName() {
            return instance();
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.INFO.getSeverity();
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            logged.add(level + " " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            boolean plain = parameters == null || parameters.length == 0;
            logged.add(level + " " + (plain ? format : MessageFormat.format(format, parameters)));
        }
    }
}
