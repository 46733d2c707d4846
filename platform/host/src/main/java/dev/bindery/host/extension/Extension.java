package dev.bindery.host.extension;

import dev.bindery.host.artifact.Folders;
import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.WholeJar;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.FelixFramework;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** One jar and its bundle. All work on it is done on one thread, in order. Thread-safe. */
final class Extension {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Path jar;
    private final Path folder;
    private final FelixFramework framework;
    private final EventLog events;
    private final String name;
    private final ExecutorService queue;
    private volatile CompletableFuture<Void> latest = CompletableFuture.completedFuture(null);
    private @Nullable Bundle bundle;

    Extension(Path jar, Path folder, FelixFramework framework, EventLog events) {
        this.jar = jar;
        this.folder = folder;
        this.framework = framework;
        this.events = events;
        this.name = jar.getFileName().toString();
        this.queue =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("extension-" + name).daemon().factory());
    }

    /** Installs the jar as it is now, in place of what was there before. */
    void install() {
        enqueue(this::takeIn);
    }

    void uninstall() {
        enqueue(this::takeOut);
        queue.shutdown();
    }

    /** Waits until what was asked for last is done, but no longer than that. */
    void await(Duration longest) {
        try {
            latest.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // It goes on in the background, and the operator is told; failures are told already.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it with the host. */
    void end(Duration longest) {
        enqueue(this::stop);
        queue.shutdown();
        await(longest);
        queue.shutdownNow();
    }

    private void enqueue(Work work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> attempt(work), queue);
        latest = done;
        CompletableFuture.delayedExecutor(LONG.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> remarkUnless(done));
    }

    private void remarkUnless(CompletableFuture<Void> done) {
        if (!done.isDone()) {
            events.publish(
                    "extension/warning",
                    name,
                    "its activator has not returned for %d s; nothing else waits for it"
                            .formatted(LONG.toSeconds()));
        }
    }

    /** Whatever goes wrong in an extension is its own matter, errors of its code included. */
    private void attempt(Work work) {
        try {
            work.run();
        } catch (IncompleteJarException | RefusedJarException e) {
            events.publish("extension/REFUSED", name, String.valueOf(e.getMessage()));
        } catch (BundleException e) {
            events.publish("extension/FAILED", name, reason(e));
        } catch (IOException | RuntimeException | Error e) {
            events.publish("extension/FAILED", name, e.toString());
        }
    }

    private static String reason(BundleException e) {
        Throwable cause = e.getCause();
        String message = String.valueOf(e.getMessage());
        return cause == null || message.contains(cause.toString())
                ? message
                : message + " Cause: " + cause;
    }

    private void takeIn() throws IOException, BundleException {
        if (Folders.othersCanWrite(folder)) {
            throw new RefusedJarException(
                    "others can write to %s, and a bundle there runs with your rights; close it with: chmod go-w %s"
                            .formatted(folder, folder));
        }
        WholeJar.check(jar);
        Manifests.check(jar);
        try (InputStream content = Files.newInputStream(jar)) {
            if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) {
                bundle = framework.context().installBundle("extension:" + name, content);
            } else {
                bundle.update(content);
            }
        }
        bundle.start();
        events.publish(
                "extension/ACTIVE",
                name,
                "%s %s is started".formatted(bundle.getSymbolicName(), bundle.getVersion()));
    }

    private void takeOut() throws BundleException {
        if (bundle != null && bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
        events.publish("extension/REMOVED", name, "its jar is gone");
    }

    private void stop() throws BundleException {
        if (bundle != null && bundle.getState() == Bundle.ACTIVE) {
            bundle.stop();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, BundleException;
    }
}
