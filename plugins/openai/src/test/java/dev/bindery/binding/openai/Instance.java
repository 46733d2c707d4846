package dev.bindery.binding.openai;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** What a host would give the binding; the binding uses its settings only. */
record Instance(BindingCard card, TypedConfig config) implements BindingContext {
    static OpenAiBinding start(String baseUrl, Map<String, ?> settings) throws IOException {
        OpenAiBinding binding = new OpenAiBinding();
        Instance instance = of(baseUrl, settings);
        binding.attach(instance);
        binding.start(instance);
        return binding;
    }

    static Instance of(String baseUrl, Map<String, ?> settings) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("api_key", "sk-test-key");
        all.put("base_url", baseUrl);
        BindingCard card = Card.read();
        return new Instance(card, new TypedConfig(card.settings(), BaseConfig.of(all)));
    }

    @Override
    public String instance() {
        return "openai";
    }

    @Override
    public InstallOption installOption() {
        return InstallOption.NEVER_INSTALL;
    }

    @Override
    public Path dataDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path modelsDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("openai");
    }

    @Override
    public PackageManager packages() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExecutorService executor() {
        throw new UnsupportedOperationException();
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
