package dev.bindery.server;

import dev.bindery.api.BindingCard;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.Health;
import dev.bindery.api.Isolation;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.SettingType;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.host.Event;
import dev.bindery.host.Events;
import dev.bindery.host.Finding;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import dev.bindery.host.Limits;
import dev.bindery.host.Placement;
import dev.bindery.host.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A host of one binding and one instance that remembers what was asked of it. */
final class FakeHost implements Bindings, Events {
    private static final ConfigTemplate TEMPLATE =
            ConfigTemplate.of(
                    ConfigEntry.builder("api_key", SettingType.STR).secret(true).build(),
                    ConfigEntry.builder("delay", SettingType.INT).value(0).min(0.0).build());

    final FakeShell shell = new FakeShell();
    final FakeRouter router = new FakeRouter();
    final List<String> pending = new CopyOnWriteArrayList<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    volatile Health health = Health.UP;
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final List<Event> happened = new CopyOnWriteArrayList<>();
    private final Instances instances = new FakeInstances();
    volatile InstanceChange lastChange;
    volatile Path jar = Path.of("echo.jar");
    volatile Path home = Path.of("/home/of/bindery");

    ServedHost served() {
        return new ServedHost(
                "9.8.7",
                home,
                router,
                this,
                instances,
                this,
                shell,
                () -> pending,
                () -> List.of("echo#2"),
                () -> List.of(Finding.problem("openai", "it needs a key", "give it one")));
    }

    @Override
    public void publish(String topic, String subject, String message) {
        happen(lastId() + 1, topic, subject, message);
    }

    @Override
    public List<BindingStatus> list() {
        return List.of(binding(BindingState.ACTIVE));
    }

    @Override
    public Optional<BindingStatus> find(String id) {
        return list().stream().filter(binding -> binding.id().equals(id)).findFirst();
    }

    @Override
    public BindingStatus install(Path jar) throws IOException {
        changes.add("install %s of %d bytes".formatted(jar.getFileName(), Files.size(jar)));
        return binding(BindingState.ACTIVE);
    }

    @Override
    public void uninstall(String id, Duration drain) {
        known(id);
        changes.add("uninstall %s %d".formatted(id, drain.toSeconds()));
    }

    @Override
    public BindingStatus enable(String id) {
        known(id);
        return binding(BindingState.ACTIVE);
    }

    @Override
    public BindingStatus disable(String id, Duration drain) {
        known(id);
        changes.add("disable %s %d".formatted(id, drain.toSeconds()));
        return binding(BindingState.DISABLED);
    }

    @Override
    public BindingStatus reload(String id) {
        throw new HostException(HostException.Kind.CONFLICT, "a reload is going on");
    }

    @Override
    public BindingStatus rollback(String id) {
        known(id);
        changes.add("rollback " + id);
        return binding(BindingState.ACTIVE);
    }

    private static void known(String id) {
        if (!id.equals("echo")) {
            throw HostException.notFound("there is no binding " + id);
        }
    }

    private BindingStatus binding(BindingState state) {
        BindingCard card =
                BindingCard.builder("echo", "Echo", "A. Author", "1.2.3", "d", "u", "MIT")
                        .settings(TEMPLATE)
                        .build();
        return new BindingStatus(
                "echo",
                state,
                "",
                Optional.of(card),
                jar,
                "ab12",
                3,
                true,
                List.of("echo"),
                Instant.EPOCH);
    }

    private final class FakeInstances implements Instances {
        @Override
        public List<InstanceStatus> list() {
            return List.of(instance("echo"));
        }

        @Override
        public Optional<InstanceStatus> find(String name) {
            return list().stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public InstanceStatus configure(String name, InstanceChange change) {
            lastChange = change;
            if (change.settings().containsKey("nonsense")) {
                throw HostException.invalid("there is no setting nonsense; there are: delay");
            }
            return instance(name);
        }

        @Override
        public InstanceStatus rename(String name, String to) {
            changes.add("rename " + name + " to " + to);
            return instance(to);
        }

        @Override
        public Optional<String> renamed(String name) {
            return Optional.of("echo").filter(_ -> name.equals("old"));
        }

        @Override
        public void remove(String name) {
            changes.add("remove " + name);
        }

        @Override
        public JsonValue execute(
                String name,
                String command,
                Map<String, JsonValue> arguments,
                ProgressListener listener) {
            changes.add("execute %s of %s".formatted(command, name));
            return new JsonObject(arguments);
        }
    }

    private InstanceStatus instance(String name) {
        return new InstanceStatus(
                name,
                "echo",
                InstanceState.ACTIVE,
                "",
                true,
                true,
                JsonObject.of("api_key", "***", "delay", 0),
                TEMPLATE,
                Optional.of("echo"),
                Map.of("fast", "echo"),
                Limits.defaults(4),
                new Placement(Optional.of(Isolation.PROCESS), Optional.of("512m")),
                new Reach(List.of("openai/*")),
                health,
                List.of("echo"),
                1,
                2,
                0);
    }

    @Override
    public Subscription subscribe(Consumer<Event> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<Event> after(long id) {
        return happened.stream().filter(event -> event.id() > id).toList();
    }

    @Override
    public long lastId() {
        return happened.isEmpty() ? 0 : happened.getLast().id();
    }

    void happen(long id, String topic, String message) {
        happen(id, topic, "echo", message);
    }

    void happen(long id, String topic, String subject, String message) {
        Event event = new Event(id, Instant.EPOCH, topic, subject, message, JsonObject.EMPTY);
        happened.add(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    int listeners() {
        return listeners.size();
    }
}
