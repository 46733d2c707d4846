package dev.bindery.worker;

import dev.bindery.api.Notifications;

/** Messages for the operator, told to the host. */
record EventNotifications(Host host) implements Notifications {
    @Override
    public void info(String message) {
        host.notify("info", message);
    }

    @Override
    public void warning(String message) {
        host.notify("warning", message);
    }

    @Override
    public void error(String message) {
        host.notify("error", message);
    }

    @Override
    public void success(String message) {
        host.notify("success", message);
    }
}
