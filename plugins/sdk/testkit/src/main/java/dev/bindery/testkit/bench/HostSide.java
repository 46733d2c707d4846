package dev.bindery.testkit.bench;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Models;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Event;
import dev.bindery.host.Home;
import dev.bindery.host.Host;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Reach;
import dev.bindery.host.embedded.BareModels;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.testkit.BindingUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A whole host, into which the jar was dropped. While the binding is on the bench it is disabled
 * here, so that nothing which only one can have is wanted twice.
 */
public final class HostSide implements AutoCloseable {
    private final BindingUnderTest subject;
    private final Host host;
    private final BindingStatus dropped;
    private final Optional<InstanceStatus> atFirst;
    private boolean resting;

    private HostSide(BindingUnderTest subject, Host host, BindingStatus dropped) {
        this.subject = subject;
        this.host = host;
        this.dropped = dropped;
        this.atFirst = host.instances().find(dropped.id());
    }

    /**
     * Starts a host, drops the jar, and lets the binding rest.
     *
     * @throws Violation when the host refuses the jar
     */
    public static HostSide open(BindingUnderTest subject, Home home) {
        Host host = EmbeddedHost.start(new HostOptions(home, Optional.empty(), Map.of()));
        try {
            new Companions(host).serve(subject.companions());
            HostSide side = new HostSide(subject, host, dropped(subject, host));
            side.rest();
            side.allowCalls();
            return side;
        } catch (InterruptedException e) {
            host.close(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the host was starting", e);
        } catch (RuntimeException | Error e) {
            host.close(Duration.ZERO);
            throw e;
        }
    }

    private static BindingStatus dropped(BindingUnderTest subject, Host host) {
        try {
            return host.bindings().install(subject.jar());
        } catch (HostException | IOException e) {
            throw new Violation("the host refuses the jar: " + e.getMessage());
        }
    }

    /** How the binding stood right after its jar was dropped. */
    public BindingStatus dropped() {
        return dropped;
    }

    /** How its instance stood then, with nothing configured. */
    public Optional<InstanceStatus> atFirst() {
        return atFirst;
    }

    public Host host() {
        return host;
    }

    private String id() {
        return dropped.id();
    }

    private void allowCalls() {
        if (!subject.calls().isEmpty()) {
            configure(InstanceChange.calls(new Reach(subject.calls())));
        }
    }

    /** The models of other instances that the binding sees on the bench, outside of this host. */
    public Models othersOnTheBench() {
        return subject.companions().isEmpty()
                ? new OtherInstances()
                : BareModels.of(host, BenchContext.INSTANCE, new Reach(subject.calls()));
    }

    /** Switches the binding off. */
    public void rest() {
        if (!resting && host.bindings().find(id()).isPresent()) {
            host.bindings().disable(id(), Duration.ZERO);
        }
        resting = true;
    }

    /** Has the binding serve with these settings. */
    public void serve(Given given) throws InterruptedException {
        given.needComplete();
        BindingStatus now = host.bindings().find(id()).orElseThrow();
        if (now.state() != BindingState.ACTIVE) {
            configure(InstanceChange.settings(given.values()));
            now = host.bindings().enable(id());
            resting = false;
        }
        Violation.unless(
                now.state() == BindingState.ACTIVE,
                "the host could not start the binding, it is %s: %s",
                now.state(),
                now.reason());
        InstanceStatus instance = instance();
        if (subject.mayWait() && instance.state() == InstanceState.NEEDS_CONFIGURATION) {
            throw Inapplicable.waiting(instance.reason());
        }
        Violation.unless(
                instance.state() == InstanceState.ACTIVE,
                "the host could not start its instance, it is %s: %s",
                instance.state(),
                instance.reason());
        await("its models are listed", () -> !instance().models().isEmpty());
    }

    /** Changes the instance, which must not be refused. */
    public InstanceStatus configure(InstanceChange change) {
        return host.instances().configure(id(), change);
    }

    /** Sets limits of its calls, in seconds; null for the usual ones. */
    public void limit(Map<String, Long> seconds) {
        Map<String, JsonValue> limits =
                seconds.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> new JsonLong(entry.getValue())));
        configure(
                new InstanceChange(
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        limits));
    }

    public InstanceStatus instance() {
        return host.instances().find(id()).orElseThrow();
    }

    /** Everything that the host has told the operator. */
    public List<String> told() {
        return host.events().after(0).stream().map(HostSide::line).toList();
    }

    private static String line(Event event) {
        return "%s %s: %s %s"
                .formatted(event.topic(), event.subject(), event.message(), event.data());
    }

    /** Replaces the jar by the same one, as a new generation. */
    public void reload() {
        BindingStatus now = host.bindings().reload(id());
        Violation.unless(
                now.state() == BindingState.ACTIVE,
                "after a reload the binding is %s: %s",
                now.state(),
                now.reason());
    }

    public void uninstall() {
        try {
            host.bindings().uninstall(id(), Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops the jar again. */
    public void install() {
        dropped(subject, host);
        resting = false;
    }

    /** Waits for what has to come about soon. */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, Duration.ofSeconds(15), condition);
    }

    public static void await(String what, Duration longest, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            Violation.unless(
                    System.nanoTime() < end, "not within %d s: %s", longest.toSeconds(), what);
            LockSupport.parkNanos(5_000_000);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** How a call through the host fails that has to. */
    public BindingException failure(String what, String expected, Runnable call) {
        try {
            call.run();
        } catch (BindingException e) {
            return e;
        }
        throw Violation.of("%s succeeded; expected %s", what, expected);
    }

    @Override
    public void close() {
        host.close(Duration.ofSeconds(2));
    }
}
