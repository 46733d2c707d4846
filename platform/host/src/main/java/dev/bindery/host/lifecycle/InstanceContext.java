package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.InstallOption;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one instance sees of the host. The settings change when they are applied live. */
final class InstanceContext implements BindingContext {
    private final String instance;
    private final BindingCard card;
    private final InstanceFolders folders;
    private final PackageManager packages;
    private final ExecutorService executor;
    private final Notifications notifications;
    private final System.Logger logger;
    private volatile TypedConfig config;
    private volatile List<String> secrets;

    InstanceContext(
            String instance,
            BindingCard card,
            TypedConfig config,
            InstanceFolders folders,
            PackageManager packages,
            ExecutorService executor,
            HostNotices notices) {
        this.instance = instance;
        this.card = card;
        this.config = config;
        this.secrets = secretsOf(config);
        this.folders = folders;
        this.packages = packages;
        this.executor = executor;
        this.notifications = notices.of(instance, this::masked);
        this.logger =
                new MaskingLogger(
                        System.getLogger("dev.bindery.binding." + instance), this::masked);
    }

    /** Other settings are in force from now on. */
    void update(TypedConfig updated) {
        secrets = secretsOf(updated);
        config = updated;
    }

    private static List<String> secretsOf(TypedConfig config) {
        return config.template().entries().stream()
                .filter(ConfigEntry::secret)
                .map(ConfigEntry::name)
                .filter(config::has)
                .flatMap(name -> texts(config.values().get(name)))
                .filter(secret -> secret.length() >= 4)
                .toList();
    }

    /** Every text in a secret: a map of headers holds several. */
    private static Stream<String> texts(@Nullable JsonValue value) {
        return switch (value) {
            case JsonString text -> Stream.of(text.value());
            case JsonArray list -> list.items().stream().flatMap(InstanceContext::texts);
            case JsonObject map -> map.fields().values().stream().flatMap(InstanceContext::texts);
            case null, default -> Stream.empty();
        };
    }

    private String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
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
        return NoModels.NONE;
    }

    @Override
    public Notifications notifications() {
        return notifications;
    }
}
