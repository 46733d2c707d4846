package dev.bindery.host.generation;

import dev.bindery.api.JsonObject;
import dev.bindery.api.Notifications;
import dev.bindery.host.notification.EventLog;
import java.util.function.UnaryOperator;

/** Turns a binding's messages for the operator into events. */
public final class HostNotices {
    private final EventLog events;

    public HostNotices(EventLog events) {
        this.events = events;
    }

    Notifications of(String instance, String binding, UnaryOperator<String> mask) {
        return new Notifications() {
            @Override
            public void info(String message) {
                publish("info", message);
            }

            @Override
            public void warning(String message) {
                publish("warning", message);
            }

            @Override
            public void error(String message) {
                publish("error", message);
            }

            @Override
            public void success(String message) {
                publish("success", message);
            }

            private void publish(String level, String message) {
                events.publish(
                        "notification/" + level,
                        instance,
                        mask.apply(String.valueOf(message)),
                        JsonObject.of("binding", binding));
            }
        };
    }
}
