package dev.bindery.worker;

import dev.bindery.host.protocol.WireObject;

/** The host as the child speaks to it. */
record Host(EventStream events, HostRequests requests) {
    void log(String level, String message) {
        events.offer(
                new WireObject()
                        .text("event", "log")
                        .text("level", level)
                        .text("message", message)
                        .node());
    }

    void notify(String level, String message) {
        events.offer(
                new WireObject()
                        .text("event", "notification")
                        .text("level", level)
                        .text("message", message)
                        .node());
    }
}
