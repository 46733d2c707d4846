package dev.bindery.host.generation;

import dev.bindery.host.artifact.GenerationFolders;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.LeakWatch;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.notification.EventLog;

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
     * @throws dev.bindery.host.artifact.RefusedJarException when the jar cannot be loaded
     * @throws LifecycleException when its {@code install} fails
     */
    public Generation load(StagedJar jar, int number) {
        installation.prepare(jar);
        LoadedCode loaded = code.load(jar);
        String name = jar.id() + "#" + number;
        Generation generation = new Generation(number, jar, loaded, closing(name, jar, loaded));
        try {
            installation.install(generation);
            return generation;
        } catch (LifecycleException e) {
            generation.dismiss();
            throw e;
        }
    }

    /** A generation has taken over. */
    public void serves(Generation generation) {
        folders.serves(generation.jar());
    }

    /** What happens after the code was closed; must itself not hold the code. */
    private Runnable closing(String name, StagedJar jar, LoadedCode loaded) {
        var trace = loaded.trace();
        return () -> {
            events.publish("binding/UNLOADED", jar.id(), name);
            folders.closed(jar);
            trace.ifPresent(loader ->
                    leaks.watch(
                            name,
                            loader,
                            holders ->
                                    events.publish(
                                            "binding/LEAKED",
                                            jar.id(),
                                            "%s was unloaded, but its classes stay in memory: %s"
                                                    .formatted(name, holders))));
        };
    }
}
