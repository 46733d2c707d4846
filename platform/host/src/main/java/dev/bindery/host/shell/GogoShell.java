package dev.bindery.host.shell;

import dev.bindery.host.Bindings;
import dev.bindery.host.Events;
import dev.bindery.host.Home;
import dev.bindery.host.HostException;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.Shell;
import dev.bindery.host.presence.FelixFramework;
import org.jspecify.annotations.Nullable;

/** Starts Gogo when the first session begins, and ends it with the host. Thread-safe. */
public final class GogoShell implements Shell, AutoCloseable {
    private final FelixFramework framework;
    private final Doors doors;
    private @Nullable Gogo gogo;
    private boolean closed;

    public GogoShell(
            FelixFramework framework,
            Home home,
            Bindings bindings,
            Instances instances,
            ModelRouter models,
            Events events) {
        this.framework = framework;
        this.doors = new Doors(home, bindings, instances, models, events);
    }

    @Override
    public Session open() {
        return started().open();
    }

    private synchronized Gogo started() {
        if (closed) {
            throw new HostException(HostException.Kind.CONFLICT, "the host is stopping");
        }
        if (gogo == null) {
            gogo = Gogo.start(framework, doors);
        }
        return gogo;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (gogo != null) {
            gogo.close();
        }
    }
}
