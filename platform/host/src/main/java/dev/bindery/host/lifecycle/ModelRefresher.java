package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingException;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.presence.Roster;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every instance for its models now and then, in the background; one that does not answer
 * keeps the list it had.
 */
final class ModelRefresher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRefresher.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int ROUNDS = 15;

    private final Roster<Endpoint> roster;
    private final Set<Endpoint> asking = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    ModelRefresher(Roster<Endpoint> roster) {
        this.roster = roster;
        this.thread = Thread.ofVirtual().name("model-refresher").start(this::run);
    }

    private void run() {
        try {
            for (int round = 1; ; round++) {
                Thread.sleep(SOON);
                boolean everyone = round % ROUNDS == 0;
                roster.all().values().stream()
                        .filter(endpoint -> everyone || !endpoint.models().isKnown())
                        .forEach(this::refreshInBackground);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each on a thread of its own, so that a slow provider holds up no other. */
    private void refreshInBackground(Endpoint endpoint) {
        if (asking.add(endpoint)) {
            Thread.ofVirtual().name("models-" + endpoint.instance()).start(() -> refresh(endpoint));
        }
    }

    private void refresh(Endpoint endpoint) {
        try {
            endpoint.refreshModels();
        } catch (BindingException e) {
            LOG.debug("{} does not list its models: {}", endpoint.instance(), e.getMessage());
        } finally {
            asking.remove(endpoint);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
