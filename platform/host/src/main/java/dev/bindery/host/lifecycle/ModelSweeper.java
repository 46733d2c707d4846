package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.call.FreedModels;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.Roster;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every instance free the models that nobody has asked for longer than its limit, or than a
 * request wanted them kept.
 */
final class ModelSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSweeper.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Roster<Endpoint> roster;
    private final EventLog events;
    private final Set<Endpoint> busy = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    ModelSweeper(Roster<Endpoint> roster, EventLog events) {
        this.roster = roster;
        this.events = events;
        this.thread = Thread.ofVirtual().name("model-sweeper").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(SOON);
                roster.all().values().stream()
                        .filter(Endpoint::mayHaveIdleModels)
                        .forEach(this::sweepInBackground);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each on a thread of its own: freeing one may take a while. */
    private void sweepInBackground(Endpoint endpoint) {
        if (busy.add(endpoint)) {
            Thread.ofVirtual().name("sweep-" + endpoint.instance()).start(() -> sweep(endpoint));
        }
    }

    private void sweep(Endpoint endpoint) {
        try {
            endpoint.freeIdleModels(new Told(endpoint));
        } catch (BindingException e) {
            LOG.debug("{} does not say what it has loaded: {}", endpoint.instance(), e.toString());
        } finally {
            busy.remove(endpoint);
        }
    }

    private final class Told implements FreedModels {
        private final Endpoint endpoint;

        Told(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void freed(String model, Duration idle) {
            publish(
                    "model/UNLOADED",
                    model,
                    "nobody has asked for it for %d s".formatted(idle.toSeconds()));
        }

        @Override
        public void kept(String model, BindingException why) {
            publish(
                    "model/FAILED",
                    model,
                    "it was to be unloaded, and is not: " + why.getMessage());
        }

        private void publish(String topic, String model, String message) {
            JsonObject whose =
                    JsonObject.of("instance", endpoint.instance(), "binding", endpoint.card().id());
            events.publish(topic, endpoint.instance() + "/" + model, message, whose);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
