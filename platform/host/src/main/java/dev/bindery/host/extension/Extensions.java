package dev.bindery.host.extension;

import dev.bindery.host.artifact.FolderWatch;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.FelixFramework;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of extensions. Each jar has a thread of its own, so that one that hangs holds up
 * neither the others nor the host. Thread-safe.
 */
public final class Extensions implements AutoCloseable {
    private static final Duration AT_THE_START = Duration.ofSeconds(5);
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private final Path folder;
    private final FelixFramework framework;
    private final EventLog events;
    private final FolderWatch watch;
    private final Map<Path, Extension> extensions = new ConcurrentHashMap<>();

    public Extensions(Path folder, FelixFramework framework, EventLog events) {
        this.folder = folder;
        this.framework = framework;
        this.events = events;
        this.watch = new FolderWatch(folder, ".jar", new Jars());
    }

    /** Starts what is there, waits for it a while, and watches from then on. */
    public void start() {
        watch.start();
        extensions.values().forEach(extension -> extension.await(AT_THE_START));
    }

    @Override
    public void close() {
        watch.close();
        extensions.values().forEach(extension -> extension.end(AT_THE_END));
    }

    private final class Jars implements FolderWatch.Listener {
        @Override
        public void changed(Path jar) {
            extensions
                    .computeIfAbsent(jar, _ -> new Extension(jar, folder, framework, events))
                    .install();
        }

        @Override
        public void gone(Path jar) {
            Extension extension = extensions.remove(jar);
            if (extension != null) {
                extension.uninstall();
            }
        }
    }
}
