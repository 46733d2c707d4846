package dev.bindery.echo;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** A context with the card's settings. Echo asks for nothing else: whatever it did would fail. */
record TestContext(BindingCard card, TypedConfig config) implements BindingContext {
    static EchoBinding started(Map<String, ?> settings) {
        BindingCard card = Card.read();
        TestContext context =
                new TestContext(card, new TypedConfig(card.settings(), BaseConfig.of(settings)));
        EchoBinding binding = new EchoBinding();
        binding.attach(context);
        binding.start(context);
        return binding;
    }

    @Override
    public String instance() {
        return "echo";
    }

    @Override
    public InstallOption installOption() {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
