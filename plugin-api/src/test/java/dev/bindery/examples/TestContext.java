package dev.bindery.examples;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingContext;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.InstallOption;
import dev.bindery.api.Models;
import dev.bindery.api.Notifications;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** What the host would give, as far as a test needs it. */
public record TestContext(TypedConfig config) implements BindingContext {
    public static TestContext with(ConfigTemplate template, Map<String, ?> settings) {
        return new TestContext(new TypedConfig(template, BaseConfig.of(settings)));
    }

    @Override
    public String instance() {
        return "test";
    }

    @Override
    public BindingCard card() {
        throw new UnsupportedOperationException("no card in this test");
    }

    @Override
    public InstallOption installOption() {
        return InstallOption.NEVER_INSTALL;
    }

    @Override
    public Path dataDirectory() {
        throw new UnsupportedOperationException("no folder in this test");
    }

    @Override
    public Path modelsDirectory() {
        throw new UnsupportedOperationException("no folder in this test");
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("test");
    }

    @Override
    public PackageManager packages() {
        throw new UnsupportedOperationException("nothing is fetched in this test");
    }

    @Override
    public ExecutorService executor() {
        throw new UnsupportedOperationException("no background work in this test");
    }

    @Override
    public Models models() {
        throw new UnsupportedOperationException("no other models in this test");
    }

    @Override
    public Notifications notifications() {
        throw new UnsupportedOperationException("nobody to notify in this test");
    }
}
