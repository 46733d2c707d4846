package dev.bindery.host.embedded;

import dev.bindery.api.JsonObject;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.notification.AnnouncedProgress;
import dev.bindery.host.notification.EventLog;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a binding installs and downloads, told as events too. */
final class AnnouncedPackages implements PackageManager {
    private final String binding;
    private final PackageManager packages;
    private final EventLog events;

    AnnouncedPackages(String binding, PackageManager packages, EventLog events) {
        this.binding = binding;
        this.packages = packages;
        this.events = events;
    }

    @Override
    public void install(String coordinates, @Nullable String sha256, ProgressListener listener) {
        AnnouncedProgress progress = announced("progress/install", coordinates, listener);
        progress.during(() -> packages.install(coordinates, sha256, progress));
    }

    /** The event names the target only: a source's address may carry a key. */
    @Override
    public void download(
            URI source, @Nullable String sha256, Path target, ProgressListener listener) {
        AnnouncedProgress progress =
                announced("progress/download", String.valueOf(target.getFileName()), listener);
        progress.during(() -> packages.download(source, sha256, target, progress));
    }

    private AnnouncedProgress announced(String topic, String subject, ProgressListener listener) {
        return new AnnouncedProgress(
                events, topic, subject, JsonObject.of("binding", binding), listener);
    }
}
