package dev.bindery.host.generation;

import dev.bindery.api.BindingCard;
import dev.bindery.host.Placement;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.call.CallReports;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.isolation.leak.LoaderTrace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One jar, loaded once: the code from which instances are made. It is closed when it was dismissed
 * and its last instance has ended.
 */
public final class Generation {
    private final int number;
    private final StagedJar jar;
    private final CodeLoader loader;
    private final Map<Placement, LoadedCode> codes = new ConcurrentHashMap<>();
    private final CallReports reports;
    private final Consumer<List<LoaderTrace>> closed;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean dismissed = new AtomicBoolean();

    /**
     * @param loader loads its code, once for each way in which instances of it run
     * @param reports hears how the calls of its instances end
     * @param closed runs once after the code was closed, with the class loaders that must go now
     */
    Generation(
            int number,
            StagedJar jar,
            CodeLoader loader,
            CallReports reports,
            Consumer<List<LoaderTrace>> closed) {
        this.number = number;
        this.jar = jar;
        this.loader = loader;
        this.reports = reports;
        this.closed = closed;
    }

    public int number() {
        return number;
    }

    public StagedJar jar() {
        return jar;
    }

    public BindingCard card() {
        return jar.card();
    }

    /**
     * Its code for instances that run so.
     *
     * @param placement what is in force, isolation included
     * @throws dev.bindery.host.artifact.RefusedJarException when it cannot be loaded
     */
    LoadedCode code(Placement placement) {
        return codes.computeIfAbsent(placement, wanted -> loader.load(jar, wanted));
    }

    CallReports reports() {
        return reports;
    }

    /** What people call it. */
    String name() {
        return jar.id() + "#" + number;
    }

    /** An instance of it begins. */
    void hold() {
        holders.incrementAndGet();
    }

    /** An instance of it has ended. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            List<LoaderTrace> traces =
                    codes.values().stream().flatMap(code -> code.trace().stream()).toList();
            codes.values().forEach(LoadedCode::close);
            codes.clear();
            closed.accept(traces);
        }
    }

    /** No instance will be made of it any more. */
    public void dismiss() {
        if (dismissed.compareAndSet(false, true)) {
            release();
        }
    }
}
