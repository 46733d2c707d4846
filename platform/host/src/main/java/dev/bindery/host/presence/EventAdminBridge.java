package dev.bindery.host.presence;

import dev.bindery.host.Event;
import dev.bindery.host.Events;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.EventAdmin;

/**
 * Passes the host's events on to EventAdmin. An event {@code binding/ACTIVE} has the topic {@code
 * dev/bindery/binding/ACTIVE} there, and these properties: {@code id} and {@code timestamp} (Long,
 * milliseconds since 1970), {@code subject} and {@code message} (String), {@code binding} and
 * {@code instance} (String, where it concerns one), {@code data} (String, a JSON object). Delivered
 * in order, on EventAdmin's threads; EventAdmin bars a handler that is too slow.
 */
public final class EventAdminBridge implements AutoCloseable {
    private static final String PREFIX = "dev/bindery/";

    private final FelixFramework framework;
    private final Events.Subscription subscription;

    public EventAdminBridge(FelixFramework framework, Events events) {
        this.framework = framework;
        this.subscription = events.subscribe(this::post);
    }

    private void post(Event event) {
        ServiceReference<EventAdmin> reference =
                framework.context().getServiceReference(EventAdmin.class);
        // Either is null once the framework is being stopped, from one moment to the next.
        EventAdmin admin = reference == null ? null : framework.context().getService(reference);
        if (admin != null) {
            admin.postEvent(osgi(event));
        }
    }

    private static org.osgi.service.event.Event osgi(Event event) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("id", event.id());
        properties.put("timestamp", event.time().toEpochMilli());
        properties.put("subject", event.subject());
        properties.put("message", event.message());
        event.binding().ifPresent(binding -> properties.put("binding", binding));
        event.instance().ifPresent(instance -> properties.put("instance", instance));
        properties.put("data", event.data().toString());
        return new org.osgi.service.event.Event(PREFIX + event.topic(), properties);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
