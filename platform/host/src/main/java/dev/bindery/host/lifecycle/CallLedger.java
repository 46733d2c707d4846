package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.call.CallKind;
import dev.bindery.host.call.CallReports;
import dev.bindery.host.notification.EventLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the operator of calls that ended in a way that is the binding's fault. Thread-safe. */
final class CallLedger implements CallReports {
    private final EventLog events;
    private final Set<String> contradicted = ConcurrentHashMap.newKeySet();

    CallLedger(EventLog events) {
        this.events = events;
    }

    @Override
    public void succeeded(String instance, CallKind kind) {}

    @Override
    public void failed(String instance, CallKind kind, BindingException failure) {
        if (failure.code().equals(ErrorCode.INTERNAL)) {
            events.publish("notification/error", instance, String.valueOf(failure.getMessage()));
        }
    }

    /** Said once for each instance: it is true of every answer, or of none. */
    @Override
    public void contradicted(String instance) {
        if (contradicted.add(instance)) {
            events.publish(
                    "notification/warning",
                    instance,
                    "the binding returns a text that differs from the operations it sent; clients that stream see the operations, others the text");
        }
    }

    @Override
    public void stuck(String instance) {
        events.publish(
                "notification/warning",
                instance,
                "a call ignores its cancellation and its thread's interruption; it counts as stuck");
    }
}
