package dev.bindery.host.generation;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/** What one instance sees of the host. The settings change when they are applied live. */
final class InstanceContext implements BindingContext {
    private final String instance;
    private final BindingCard card;
    private final InstanceFolders folders;
    private final PackageManager packages;
    private final ExecutorService executor;
    private final Notifications notifications;
    private final Models models;
    private final System.Logger logger;
    private volatile TypedConfig config;
    private final SecretMask mask;

    InstanceContext(
            String instance,
            BindingCard card,
            TypedConfig config,
            InstanceFolders folders,
            PackageManager packages,
            ExecutorService executor,
            Models models,
            HostNotices notices) {
        this.instance = instance;
        this.card = card;
        this.config = config;
        this.mask = new SecretMask(config);
        this.folders = folders;
        this.packages = packages;
        this.executor = executor;
        this.models = models;
        this.notifications = notices.of(instance, card.id(), mask);
        this.logger = new MaskingLogger(System.getLogger("dev.bindery.binding." + instance), mask);
    }

    /** Other settings are in force from now on. */
    void update(TypedConfig updated) {
        mask.add(updated);
        config = updated;
    }

    /** Takes the secrets of the settings out of a text. */
    SecretMask mask() {
        return mask;
    }

    @Override
    public String instance() {
        return instance;
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
        return folders.data();
    }

    @Override
    public Path modelsDirectory() {
        return folders.models();
    }

    @Override
    public System.Logger logger() {
        return logger;
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
        return models;
    }

    @Override
    public Notifications notifications() {
        return notifications;
    }
}
