package dev.bindery.distribution.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.JsonValue;
import dev.bindery.distribution.sequence.Sequence;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Event;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One walk. For one thread. */
final class Walk implements AutoCloseable {
    private static final List<Step> ALL = List.of(Step.values());
    private static final int STEPS = 12;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long LOOK_NANOS = 10_000_000;
    private static final Sequence MEANWHILE = new Sequence(10, 20, 11);
    private static final Sequence ENDLESS = new Sequence(100_000, 5, 12);

    private final Random random;
    private final Subject subject;
    private final Model model = new Model();
    private final List<String> trail = new ArrayList<>();
    private int versions;
    private int values;

    Walk(long seed, Path folder) {
        random = new Random(seed);
        subject = new Subject(folder);
        model.add(new Model.Binding("plain", "classloader", "overlap"));
        model.add(new Model.Binding("single", "classloader", "exclusive"));
        if (random.nextInt(5) == 0) {
            model.add(new Model.Binding("apart", "process", "overlap"));
        }
    }

    /** Walks to the end, and tells how many steps that were. */
    int go() throws Exception {
        int steps = 0;
        while (steps < STEPS) {
            Step step = pick(ALL);
            Model.Binding binding = pick(List.copyOf(model.bindings.values()));
            if (isPossible(step, binding)) {
                trail.add(step + " " + binding.id);
                go(step, binding);
                steps++;
            }
        }
        return steps;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static boolean isPossible(Step step, Model.Binding binding) {
        return switch (step) {
            case DROP -> !binding.isThere;
            case OVERWRITE, OVERWRITE_AND_KILL_HOST, REMOVE, UNINSTALL -> binding.isThere;
            case ENABLE, DISABLE -> binding.isThere;
            case OVERWRITE_WITH_ONE_THAT_DOES_NOT_START ->
                    binding.isThere && !binding.version.equals(Model.UNLUCKY);
            case TRUNCATE -> binding.serves() && binding.isWhole;
            case RELOAD, SET_LIVE, SET_FRESH, SET_REFUSED, ADD_INSTANCE, REMOVE_INSTANCE, CANCEL ->
                    binding.serves();
            case KILL_CHILD -> binding.serves() && binding.isolation.equals("process");
            case INSTALL, RESTART, KILL_HOST -> true;
        };
    }

    /** Makes the step while every instance answers a call, and looks at all that must hold. */
    private void go(Step step, Model.Binding binding) throws Exception {
        Map<String, String> before = Inspection.states(subject.host());
        long lastEvent = lastEvent();
        List<OpenCall> meanwhile = isDeath(step) ? List.of() : callAll();
        try {
            make(step, binding);
            for (OpenCall call : meanwhile) {
                if (step == Step.KILL_CHILD) {
                    call.endSomehow();
                } else {
                    call.end();
                }
            }
            if (isDeath(step)) {
                model.bindings.values().forEach(Model.Binding::reread);
            }
            await(() -> Inspection.of(subject, model));
            if (!isDeath(step)) {
                await(() -> untold(before, lastEvent));
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("after %s: %s".formatted(trail, e), e);
        }
    }

    private static boolean isDeath(Step step) {
        return switch (step) {
            case RESTART, KILL_HOST, OVERWRITE_AND_KILL_HOST -> true;
            default -> false;
        };
    }

    private long lastEvent() {
        List<Event> events = subject.host().events().after(0);
        return events.isEmpty() ? 0 : events.getLast().id();
    }

    private List<OpenCall> callAll() throws InterruptedException {
        List<OpenCall> calls = new ArrayList<>();
        for (Model.Instance instance : model.instances.values()) {
            if (instance.binding.serves()) {
                calls.add(OpenCall.begin(subject.host(), instance.name, MEANWHILE));
            }
        }
        return calls;
    }

    private void make(Step step, Model.Binding binding) throws Exception {
        switch (step) {
            case DROP, OVERWRITE -> put(binding, nextVersion());
            case OVERWRITE_WITH_ONE_THAT_DOES_NOT_START -> put(binding, Model.UNLUCKY);
            case TRUNCATE -> truncate(binding);
            case REMOVE -> {
                Files.delete(subject.drop(binding.id));
                model.removed(binding);
            }
            case INSTALL -> install(binding);
            case UNINSTALL -> {
                subject.host().bindings().uninstall(binding.id);
                model.removed(binding);
                binding.hasImplicit = false;
            }
            case RELOAD -> {
                BindingStatus status = subject.host().bindings().reload(binding.id);
                assertThat(status.version()).isEqualTo(binding.serving);
            }
            case ENABLE -> enable(binding, true);
            case DISABLE -> enable(binding, false);
            case SET_LIVE, SET_FRESH, SET_REFUSED -> set(step, anyOf(binding));
            case ADD_INSTANCE -> addInstance(binding);
            case REMOVE_INSTANCE -> removeInstance(anyOf(binding));
            case CANCEL -> OpenCall.begin(subject.host(), anyOf(binding).name, ENDLESS).cancel();
            case KILL_CHILD -> killChildren();
            case RESTART -> subject.restart();
            case KILL_HOST -> subject.kill();
            case OVERWRITE_AND_KILL_HOST -> {
                put(binding, nextVersion());
                subject.kill();
            }
        }
    }

    private String nextVersion() {
        versions += versions + 1 == 13 ? 2 : 1;
        return "1.0." + versions;
    }

    private void put(Model.Binding binding, String version) throws IOException {
        subject.write(binding.id, binding.jar(version).bytes());
        binding.put(version);
        model.fillIn(binding);
    }

    private void truncate(Model.Binding binding) throws IOException {
        Path file = subject.drop(binding.id);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        binding.isWhole = false;
    }

    private void install(Model.Binding binding) throws IOException {
        String version = nextVersion();
        subject.host().bindings().install(subject.incoming(binding.jar(version).bytes()));
        binding.put(version);
        model.fillIn(binding);
    }

    private void enable(Model.Binding binding, boolean enabled) {
        if (enabled) {
            subject.host().bindings().enable(binding.id);
        } else {
            subject.host().bindings().disable(binding.id);
        }
        binding.enabled = enabled;
        binding.bringInLine();
    }

    private Model.Instance anyOf(Model.Binding binding) {
        return pick(
                model.instances.values().stream().filter(one -> one.binding == binding).toList());
    }

    private void set(Step step, Model.Instance instance) {
        if (step == Step.SET_REFUSED) {
            assertThatThrownBy(() -> configure(instance, "live", "refused"))
                    .isInstanceOfSatisfying(
                            HostException.class,
                            e -> assertThat(e.kind()).isEqualTo(HostException.Kind.INVALID));
            return;
        }
        String value = "v" + ++values;
        if (step == Step.SET_LIVE) {
            configure(instance, "live", value);
            instance.live = value;
        } else {
            configure(instance, "fresh", value);
            instance.fresh = value;
        }
        instance.implicit = false;
    }

    private void configure(Model.Instance instance, String setting, String value) {
        InstanceStatus status =
                subject.host()
                        .instances()
                        .configure(
                                instance.name,
                                new InstanceChange(
                                        Optional.of(instance.binding.id),
                                        Map.of(setting, JsonValue.of(value)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Map.of(),
                                        Map.of()));
        assertThat(status.settings().text(setting)).contains(value);
    }

    private void addInstance(Model.Binding binding) {
        Model.Instance added = new Model.Instance(binding.id + ++values, binding, false);
        added.live = "b";
        configure(added, "live", "b");
        model.instances.put(added.name, added);
    }

    private void removeInstance(Model.Instance instance) {
        boolean isOnly =
                model.instances.values().stream()
                                .filter(one -> one.binding == instance.binding)
                                .count()
                        == 1;
        if (instance.implicit && isOnly) {
            assertThatThrownBy(() -> subject.host().instances().remove(instance.name))
                    .isInstanceOfSatisfying(
                            HostException.class,
                            e -> assertThat(e.kind()).isEqualTo(HostException.Kind.CONFLICT));
            return;
        }
        subject.host().instances().remove(instance.name);
        model.instances.remove(instance.name);
        instance.binding.hasImplicit &= !instance.name.equals(instance.binding.id);
        model.fillIn(instance.binding);
    }

    /** The processes of this walk's host; other walks have theirs. */
    private void killChildren() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(home()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private String home() {
        return subject.host().home().root().toString() + "/";
    }

    private List<String> untold(Map<String, String> before, long lastEvent) {
        return Inspection.untold(
                before,
                Inspection.states(subject.host()),
                subject.host().events().after(lastEvent));
    }

    private static void await(Supplier<List<String>> wrong) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<String> found = wrong.get();
        while (!found.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(found);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            found = wrong.get();
        }
    }

    @Override
    public void close() {
        subject.close();
    }
}
