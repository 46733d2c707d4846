package dev.bindery.host.embedded;

import dev.bindery.api.BindingCard;
import dev.bindery.api.LlmBinding;
import dev.bindery.host.Home;
import dev.bindery.host.HostException;
import dev.bindery.host.Placement;
import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.artifact.StagingLimits;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.isolation.leak.Leak;
import dev.bindery.host.isolation.leak.LeakWatch;
import dev.bindery.host.isolation.leak.LoaderTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The code of a binding's jar, staged and loaded as a host does it, with no host around it: for
 * tools that look at what a binding does before the host smooths it. Its card decides whether it
 * runs here behind a class loader or in processes of its own. For one thread, but for {@link
 * #newBinding}.
 */
public final class BareJar implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final BindingCard card;
    private final Optional<LoaderTrace> trace;
    private @Nullable LoadedCode code;

    private BareJar(BindingCard card, LoadedCode code) {
        this.card = card;
        this.code = code;
        this.trace = code.trace();
    }

    /**
     * Loads a jar; runs none of its code.
     *
     * @param home where the copy lies, and what was installed for the binding; may be in use by a
     *     host of this process
     * @throws HostException when a host would refuse the jar; the message says why
     */
    public static BareJar open(Path jar, Home home) {
        try {
            StagedJar staged =
                    new Stager(home.cache().resolve("bare"), StagingLimits.DEFAULT).stage(jar);
            Placement placement = Placement.OF_CARD.over(staged.card());
            return new BareJar(staged.card(), new Isolations(home).load(staged, placement));
        } catch (RefusedJarException | IncompleteJarException | IOException e) {
            throw refused(jar, e);
        }
    }

    private static HostException refused(Path jar, Exception e) {
        return new HostException(
                HostException.Kind.INVALID, jar.getFileName() + ": " + e.getMessage(), e);
    }

    public BindingCard card() {
        return card;
    }

    /**
     * A new object, without a context.
     *
     * @throws HostException when it cannot be made
     */
    public LlmBinding newBinding() {
        try {
            return opened().newBinding();
        } catch (RefusedJarException e) {
            throw new HostException(HostException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** What threads that run the binding have as their context class loader. */
    public ClassLoader contextLoader() {
        return opened().contextLoader();
    }

    private LoadedCode opened() {
        if (code == null) {
            throw new IllegalStateException("this jar is closed");
        }
        return code;
    }

    /** Unloads the code; its objects must be stopped and forgotten by then. */
    @Override
    public void close() {
        if (code != null) {
            code.close();
            code = null;
        }
    }

    /**
     * Waits, after {@link #close}, until nothing of the code is in memory.
     *
     * @return what holds it when that time is over; empty when it is gone, or never was in here
     */
    public Optional<String> heldBy(Duration patience) throws InterruptedException {
        if (trace.isEmpty()) {
            return Optional.empty();
        }
        try (LeakWatch watch = new LeakWatch(patience)) {
            watch.watch(card.id(), card.id(), trace.get(), _ -> {});
            while (!watch.pending().isEmpty()) {
                List<Leak> leaks = watch.leaks();
                if (!leaks.isEmpty()) {
                    return Optional.of(leaks.getFirst().cause());
                }
                System.gc();
                LockSupport.parkNanos(LOOK.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return Optional.empty();
        }
    }
}
