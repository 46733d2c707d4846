package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.host.ServedModel;
import dev.bindery.host.presence.Roster;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who serves which instance just now, and the way of a call to it. Thread-safe. */
final class Endpoints {
    private static final Duration BEFORE_LOOKING_AGAIN = Duration.ofNanos(50_000);

    private final Roster<Endpoint> roster;
    private final Directory directory;
    private final Resolution resolution;

    Endpoints(Roster<Endpoint> roster, Directory directory) {
        this.roster = roster;
        this.directory = directory;
        this.resolution = new Resolution(roster, directory);
    }

    /** What model names mean. */
    Resolution resolution() {
        return resolution;
    }

    /** All that serve, in the order of their instances. */
    Stream<Endpoint> present() {
        return directory.order().stream().flatMap(instance -> roster.find(instance).stream());
    }

    /**
     * The model that a name stands for.
     *
     * @throws BindingException MODEL_NOT_FOUND; or why its instance does not serve
     */
    ServedModel model(String name) {
        Resolution.Target target = resolution.target(name);
        Endpoint endpoint =
                roster.find(target.instance())
                        .orElseThrow(() -> directory.absence(target.instance()));
        return resolution.model(endpoint, target);
    }

    /**
     * Has an instance called. A call that finds one generation shut goes on to the next one, and
     * waits for it where the old one had to stop first.
     *
     * @param call returns empty where the endpoint is shut
     * @throws BindingException why the instance does not serve
     */
    <T> T at(String instance, Function<Endpoint, Optional<T>> call) {
        while (true) {
            Optional<T> result = roster.find(instance).flatMap(call);
            if (result.isPresent()) {
                return result.get();
            }
            if (roster.find(instance).isEmpty() && !comesBack(instance)) {
                throw directory.absence(instance);
            }
            LockSupport.parkNanos(BEFORE_LOOKING_AGAIN.toNanos());
        }
    }

    private boolean comesBack(String instance) {
        try {
            return directory.awaitReturn(instance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
    }
}
