package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.Notifications;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * What a child says unasked: log messages, notifications, and requests to its host. Its stream is
 * open as long as the child lives; a child that closes it is ended.
 */
final class ChildEvents {
    private static final int NOTIFICATIONS_AT_ONCE = 100;
    private static final int NOTIFICATIONS_PER_SECOND = 10;

    private final Child child;
    private final BindingContext context;
    private final ChildLog log;
    private final HostServices services;
    private final RateLimit notifications =
            new RateLimit(NOTIFICATIONS_AT_ONCE, NOTIFICATIONS_PER_SECOND, System::nanoTime);

    ChildEvents(Child child, BindingContext context, ChildLog log) {
        this.child = child;
        this.context = context;
        this.log = log;
        services = new HostServices(child, context);
    }

    /**
     * Opens the stream, and hears it on a thread of its own.
     *
     * @throws IOException when there is none in that time
     */
    void listen(Duration limit) throws IOException {
        Response response = opened(limit);
        if (!response.isSuccessful()) {
            response.close();
            throw new IOException(
                    "it answered GET /v1/events with %d instead of 200".formatted(response.code()));
        }
        Thread.ofVirtual()
                .name("child %d events".formatted(child.pid()))
                .start(() -> hear(response));
    }

    private Response opened(Duration limit) throws IOException {
        Call call = child.client().get("v1/events");
        CountDownLatch open = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> breakOff(call, open, limit));
        try {
            return call.execute();
        } catch (IOException e) {
            throw call.isCanceled()
                    ? new IOException(
                            "it did not answer GET /v1/events within %d ms"
                                    .formatted(limit.toMillis()),
                            e)
                    : new IOException("its events cannot be heard: " + e.getMessage(), e);
        } finally {
            open.countDown();
        }
    }

    private static void breakOff(Call call, CountDownLatch open, Duration limit) {
        try {
            if (!open.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                call.cancel();
            }
        } catch (InterruptedException _) {
            call.cancel();
        }
    }

    private void hear(Response response) {
        try (response) {
            BufferedSource source = response.body().source();
            for (Optional<WireReader> event = ChildClient.nextLine(source);
                    event.isPresent();
                    event = ChildClient.nextLine(source)) {
                on(event.get());
            }
        } catch (IOException | ProtocolException _) {
            // The stream is broken, for whatever reason; so is the child.
        } finally {
            services.close();
            child.endWithoutEvents();
        }
    }

    private void on(WireReader event) {
        switch (event.text("event")) {
            case "log" ->
                    log.write(level(event.textIf("level").orElse("INFO")), event.text("message"));
            case "notification" -> {
                if (notifications.admit()) {
                    tell(context.notifications(), event);
                }
            }
            case "request" -> services.begin(event);
            case "cancel" -> services.cancel(event.text("id"));
            default -> {
                // An event of a later version.
            }
        }
    }

    private static void tell(Notifications notifications, WireReader event) {
        String message = event.text("message");
        switch (event.textIf("level").orElse("info")) {
            case "warning" -> notifications.warning(message);
            case "error" -> notifications.error(message);
            case "success" -> notifications.success(message);
            default -> notifications.info(message);
        }
    }

    private static Logger.Level level(String name) {
        return switch (name) {
            case "TRACE" -> Logger.Level.TRACE;
            case "DEBUG" -> Logger.Level.DEBUG;
            case "WARNING" -> Logger.Level.WARNING;
            case "ERROR" -> Logger.Level.ERROR;
            default -> Logger.Level.INFO;
        };
    }
}
