package dev.bindery.binding.llamacpp;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.SettingType;
import dev.bindery.api.TypedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.yaml.snakeyaml.Yaml;

/** What a host would give the binding, with the settings of the real card. */
record TestContext(
        Path folder, TypedConfig config, PackageManager packages, ExecutorService executor)
        implements BindingContext {
    private static final PackageManager NO_PACKAGES =
            new PackageManager() {
                @Override
                public void install(
                        String coordinates,
                        String sha256,
                        dev.bindery.api.ProgressListener listener) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void download(
                        java.net.URI source,
                        String sha256,
                        Path target,
                        dev.bindery.api.ProgressListener listener) {
                    throw new UnsupportedOperationException();
                }
            };

    static TestContext in(Path folder, Map<String, ?> settings) throws IOException {
        return in(folder, settings, NO_PACKAGES);
    }

    static TestContext in(Path folder, Map<String, ?> settings, PackageManager packages)
            throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.createDirectories(folder.resolve("data"));
        return new TestContext(
                folder,
                new TypedConfig(template(), BaseConfig.of(settings)),
                packages,
                Executors.newCachedThreadPool());
    }

    LlamaCppBinding start() throws IOException {
        LlamaCppBinding binding = new LlamaCppBinding();
        binding.attach(this);
        binding.start(this);
        return binding;
    }

    @SuppressWarnings("unchecked")
    private static ConfigTemplate template() throws IOException {
        Map<String, Object> card = new Yaml().load(Files.readString(Path.of("config.yaml")));
        List<ConfigEntry> entries = new ArrayList<>();
        for (Map<String, Object> entry : (List<Map<String, Object>>) card.get("settings")) {
            ConfigEntry.Builder builder =
                    ConfigEntry.builder(
                                    (String) entry.get("name"),
                                    SettingType.ofYamlName((String) entry.get("type"))
                                            .orElseThrow())
                            .value(entry.get("value"));
            if (entry.get("min") instanceof Number min) {
                builder.min(min.doubleValue());
            }
            entries.add(builder.build());
        }
        return ConfigTemplate.of(entries);
    }

    @Override
    public String instance() {
        return "llamacpp";
    }

    @Override
    public BindingCard card() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InstallOption installOption() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path dataDirectory() {
        return folder.resolve("data");
    }

    @Override
    public Path modelsDirectory() {
        return folder.resolve("models");
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("llamacpp");
    }

    @Override
    public Models models() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Notifications notifications() {
        throw new UnsupportedOperationException();
    }
}
