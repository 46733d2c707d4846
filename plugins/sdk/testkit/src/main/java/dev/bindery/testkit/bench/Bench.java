package dev.bindery.testkit.bench;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Models;
import dev.bindery.api.PackageManager;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.Home;
import dev.bindery.host.HostException;
import dev.bindery.host.embedded.BareJar;
import dev.bindery.host.packages.InstancePackages;
import dev.bindery.testkit.BindingUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A binding's code, loaded, and objects of it. For one thread. */
public final class Bench implements AutoCloseable {
    private final BindingUnderTest subject;
    private final Home home;
    private final Given given;
    private final BareJar jar;
    private final Models others;
    private final EndlessStop endless;
    private @Nullable Unit shared;

    private Bench(
            BindingUnderTest subject, Home home, BareJar jar, Models others, EndlessStop endless) {
        this.subject = subject;
        this.home = home;
        this.jar = jar;
        this.others = others;
        this.endless = endless;
        this.given = Given.of(subject, jar.card());
    }

    /**
     * Loads the jar.
     *
     * @param others the models of other instances that it sees
     * @throws Violation when it cannot be loaded
     */
    public static Bench open(BindingUnderTest subject, Home home, Models others) {
        return open(subject, home, others, new EndlessStop());
    }

    private static Bench open(
            BindingUnderTest subject, Home home, Models others, EndlessStop endless) {
        try {
            return new Bench(subject, home, BareJar.open(subject.jar(), home), others, endless);
        } catch (HostException e) {
            throw new Violation(String.valueOf(e.getMessage()));
        }
    }

    public BindingCard card() {
        return jar.card();
    }

    public Given given() {
        return given;
    }

    /** The settings, with some changed. */
    public TypedConfig config(Map<String, JsonValue> changes) {
        Map<String, JsonValue> values = new HashMap<>(given.values());
        values.putAll(changes);
        try {
            return new TypedConfig(card().settings(), new BaseConfig(new JsonObject(values)));
        } catch (BindingException e) {
            throw new Violation("the settings of this test do not fit the card: " + e.getMessage());
        }
    }

    /** The object that checks share, started when it is first asked for. */
    public Unit unit() throws Exception {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** Another object, for the caller to close. */
    public Unit start() throws Exception {
        return start(card());
    }

    /** An object that sees another card. */
    public Unit start(BindingCard card) throws Exception {
        LlmBinding binding;
        try {
            binding = jar.newBinding();
        } catch (HostException e) {
            throw new Violation(String.valueOf(e.getMessage()));
        }
        Path data = folder(home.data().resolve(BenchContext.INSTANCE));
        Path models = folder(home.models().resolve(card().id()));
        PackageManager packages =
                new InstancePackages(
                        home.cache(),
                        home.cache().resolve("libraries").resolve(card().id()),
                        List.of(data, models));
        BenchContext context =
                new BenchContext(
                        card,
                        config(Map.of()),
                        data,
                        models,
                        packages,
                        others,
                        jar.contextLoader());
        return new Unit(binding, context, jar.contextLoader(), subject.patience(), endless)
                .start(subject.mayWait());
    }

    private static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder);
    }

    /** Stops the shared object; the next one who asks has a fresh one. */
    public void rest() {
        Unit unit = shared;
        shared = null;
        if (unit != null) {
            unit.close();
        }
    }

    /** Unloads the code, and waits until it is gone; what holds it if it stays. */
    public Optional<String> unload(Duration patience) throws InterruptedException {
        rest();
        jar.close();
        return jar.heldBy(patience);
    }

    /** Another bench for the same jar. */
    public Bench another() {
        return open(subject, home, others, endless);
    }

    @Override
    public void close() {
        try {
            rest();
        } catch (Inapplicable _) {
            // Its stop does not end, which a check has said.
        } finally {
            jar.close();
        }
    }
}
