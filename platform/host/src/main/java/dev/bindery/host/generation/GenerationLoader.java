package dev.bindery.host.generation;

import dev.bindery.host.Placement;
import dev.bindery.host.artifact.GenerationFolders;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.call.CallReports;
import dev.bindery.host.isolation.leak.LeakWatch;
import dev.bindery.host.isolation.leak.LoaderTrace;
import dev.bindery.host.notification.EventLog;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Loads generations, and watches that nothing is left of them once they were closed. */
public final class GenerationLoader {
    private final CodeLoader code;
    private final Installation installation;
    private final LeakWatch leaks;
    private final GenerationFolders folders;
    private final EventLog events;

    public GenerationLoader(
            CodeLoader code,
            Installation installation,
            LeakWatch leaks,
            GenerationFolders folders,
            EventLog events) {
        this.code = code;
        this.installation = installation;
        this.leaks = leaks;
        this.folders = folders;
        this.events = events;
    }

    /**
     * @param reports hears how its calls end
     * @param placements how its instances are to run; none for what its card says
     * @throws dev.bindery.host.artifact.RefusedJarException when the jar cannot be loaded
     * @throws LifecycleException when its {@code install} fails
     */
    public Generation load(
            StagedJar jar, int number, CallReports reports, Set<Placement> placements) {
        installation.prepare(jar);
        folders.opened(jar);
        Generation generation =
                new Generation(number, jar, code, reports, closing(jar.id() + "#" + number, jar));
        try {
            Set<Placement> wanted =
                    placements.isEmpty() ? Set.of(Placement.OF_CARD.over(jar.card())) : placements;
            wanted.forEach(generation::code);
            installation.install(generation, Placement.mostApart(wanted));
            return generation;
        } catch (RuntimeException | LinkageError e) {
            generation.dismiss();
            throw e;
        }
    }

    /** What happens after the code was closed; must itself not hold the code. */
    private Consumer<List<LoaderTrace>> closing(String name, StagedJar jar) {
        return traces -> {
            events.publish("binding/UNLOADED", jar.id(), name);
            folders.closed(jar);
            traces.forEach(loader ->
                    leaks.watch(
                            jar.id(),
                            name,
                            loader,
                            leak -> events.publish("binding/LEAKED", jar.id(), leak.sentence())));
        };
    }
}
