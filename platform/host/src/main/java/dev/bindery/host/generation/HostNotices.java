package dev.bindery.host.generation;

import dev.bindery.api.Notifications;
import dev.bindery.host.notification.EventLog;
import java.util.function.UnaryOperator;

/** Turns a binding's messages for the operator into events. */
public final class HostNotices {
    private static final int LONGEST = 4000;

    private final EventLog events;

    public HostNotices(EventLog events) {
        this.events = events;
    }

    Notifications of(String instance, UnaryOperator<String> mask) {
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
                String text = mask.apply(String.valueOf(message));
                events.publish(
                        "notification/" + level,
                        instance,
                        text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
            }
        };
    }
}
