package dev.bindery.host.embedded;

import dev.bindery.host.Bindings;
import dev.bindery.host.Events;
import dev.bindery.host.Finding;
import dev.bindery.host.Home;
import dev.bindery.host.Host;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.Shell;
import dev.bindery.host.diagnosis.HostExamination;
import dev.bindery.host.extension.Extensions;
import dev.bindery.host.generation.LifecycleLimits;
import dev.bindery.host.lifecycle.Engine;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.notification.EventNumbers;
import dev.bindery.host.presence.Doorway;
import dev.bindery.host.presence.EventAdminBridge;
import dev.bindery.host.presence.FelixFramework;
import dev.bindery.host.shell.GogoShell;
import dev.bindery.host.state.HostState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host inside of a Java program, with no HTTP.
 *
 * <pre>{@code
 * try (Host host = EmbeddedHost.start(HostOptions.of(Path.of("home")))) {
 *     host.bindings().install(Path.of("echo.jar"));
 *     var request = GenerationRequest.chat("echo/echo", List.of(Message.user("hello"))).build();
 *     host.models().generate(request, operation -> true).text();
 * }
 * }</pre>
 */
public final class EmbeddedHost implements Host {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHost.class);

    private final Home home;
    private final HomeLock lock;
    private final FelixFramework felix;
    private final EventLog events;
    private final EventAdminBridge bridge;
    private final Engine engine;
    private final GogoShell shell;
    private final Doorway doorway;
    private final Extensions extensions;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedHost(
            HostOptions options, LifecycleLimits limits, HomeLock lock, HostState state)
            throws IOException {
        this.home = options.home();
        this.lock = lock;
        this.felix = FelixFramework.start(home.cache().resolve("felix"));
        this.events =
                new EventLog(
                        Clock.systemUTC(), EventNumbers.keptIn(home.state().resolve("last-event")));
        this.bridge = new EventAdminBridge(felix, events);
        Path bundled = options.bundled().orElse(home.cache().resolve("no-bundled-bindings"));
        this.engine =
                new Engine(
                        home,
                        bundled,
                        options.environment(),
                        state,
                        felix,
                        events,
                        new Isolations(home),
                        new HostPackages(home, events),
                        limits);
        this.shell =
                new GogoShell(
                        felix,
                        home,
                        engine.bindings(),
                        engine.instances(),
                        engine.models(),
                        events);
        this.doorway =
                Doorway.open(felix)
                        .offer(Bindings.class, engine.bindings())
                        .offer(Instances.class, engine.instances())
                        .offer(ModelRouter.class, engine.models())
                        .offer(Events.class, events);
        this.extensions = new Extensions(home.extensions(), felix, events);
    }

    /**
     * Starts a host. Bindings that are there start in the background: {@link #awaitSettled}.
     *
     * @throws HostException when the home cannot be used; nothing in it has changed then
     */
    public static Host start(HostOptions options) {
        return start(options, LifecycleLimits.DEFAULT);
    }

    /** For tests that do not want to wait for a binding as long as an operator would. */
    static EmbeddedHost start(HostOptions options, LifecycleLimits limits) {
        Home home = options.home();
        HomeFolders.prepare(home);
        try {
            HomeLock lock = HomeLock.take(home);
            try {
                HomeFolders.tidy(home);
                HostState state = HostState.load(home.state().resolve("host.json"));
                return started(new EmbeddedHost(options, limits, lock, state));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED, "the host cannot start: " + e.getMessage(), e);
        }
    }

    private static EmbeddedHost started(EmbeddedHost host) throws IOException {
        try {
            host.extensions.start();
            host.engine.start();
            return host;
        } catch (UncheckedIOException e) {
            host.close(Duration.ZERO);
            throw new IOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            host.close(Duration.ZERO);
            throw e;
        }
    }

    /** For tests of what OSGi sees. */
    FelixFramework felix() {
        return felix;
    }

    @Override
    public Bindings bindings() {
        return engine.bindings();
    }

    @Override
    public Instances instances() {
        return engine.instances();
    }

    @Override
    public ModelRouter models() {
        return engine.models();
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Shell shell() {
        return shell;
    }

    @Override
    public Home home() {
        return home;
    }

    @Override
    public void awaitSettled() {
        engine.settle();
    }

    @Override
    public List<String> pending() {
        return engine.pending();
    }

    @Override
    public List<String> uncollected() {
        return engine.uncollected();
    }

    @Override
    public List<Finding> examine() {
        return HostExamination.of(this);
    }

    @Override
    public void close(Duration grace) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            engine.stop(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private void release() {
        try {
            shell.close();
            engine.close();
            bridge.close();
            extensions.close();
            doorway.close();
            felix.close();
        } finally {
            unlock();
        }
    }

    private void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock of {} cannot be given back: {}", home.root(), e.toString());
        }
    }
}
