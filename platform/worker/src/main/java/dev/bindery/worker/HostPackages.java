package dev.bindery.worker;

import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.protocol.ProgressCodec;
import dev.bindery.host.protocol.WireObject;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Packages and files, fetched by the host: this process has no settings for the network. */
record HostPackages(HostRequests requests) implements PackageManager {
    @Override
    public void install(String coordinates, @Nullable String sha256, ProgressListener listener) {
        ask(
                "packages.install",
                new WireObject().text("coordinates", coordinates).text("sha256", sha256).node(),
                listener);
    }

    @Override
    public void download(
            URI source, @Nullable String sha256, Path target, ProgressListener listener) {
        ask(
                "packages.download",
                new WireObject()
                        .text("source", source.toString())
                        .text("sha256", sha256)
                        .text("target", target.toAbsolutePath().toString())
                        .node(),
                listener);
    }

    private void ask(String method, JsonNode arguments, ProgressListener listener) {
        requests.ask(
                method,
                _ -> arguments,
                listener.cancellation(),
                reply -> {
                    reply.objectIf("progress")
                            .map(ProgressCodec::decode)
                            .ifPresent(listener::progress);
                    return !listener.cancellation().isCancelled();
                });
    }
}
