package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.WireReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a child asks of its host: packages, downloads, and the models of other instances. Each
 * request runs on a virtual thread of its own and ends with exactly one result or error.
 */
final class HostServices implements AutoCloseable {
    /** The most requests of one child at once. */
    private static final int MOST = 256;

    private final Child child;
    private final BindingContext context;
    private final Map<String, CancellationSource> running = new ConcurrentHashMap<>();

    HostServices(Child child, BindingContext context) {
        this.child = child;
        this.context = context;
    }

    void begin(WireReader event) {
        String id = event.text("id");
        CancellationSource cancellation = new CancellationSource();
        if (running.size() >= MOST) {
            new HostReply(child.client(), id)
                    .error(
                            new BindingException(
                                    ErrorCode.OVERLOADED,
                                    "this process has %d requests to its host already"
                                            .formatted(MOST)));
            return;
        }
        if (running.putIfAbsent(id, cancellation) == null) {
            Thread.ofVirtual()
                    .name("child request " + id)
                    .start(() -> run(id, event, cancellation));
        }
    }

    void cancel(String id) {
        CancellationSource cancellation = running.get(id);
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    /** The child is gone: nobody waits for what still runs. */
    @Override
    public void close() {
        running.values().forEach(CancellationSource::cancel);
    }

    private void run(String id, WireReader event, CancellationSource cancellation) {
        HostReply reply = new HostReply(child.client(), id);
        CallBlobs blobs = child.blobs(id);
        try {
            reply.result(onErrand(event, () -> answer(event, reply, blobs, cancellation)));
        } catch (BindingException e) {
            reply.error(e);
        } catch (ProtocolException e) {
            reply.error(BindingException.invalidRequest(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            reply.error(new BindingException(ErrorCode.INTERNAL, e.toString()));
        } finally {
            running.remove(id);
            blobs.forget();
        }
    }

    /** Runs the code on behalf of the call that the request belongs to, where it names one. */
    private JsonNode onErrand(WireReader event, Supplier<JsonNode> code) {
        Optional<Errand> errand = event.textIf("call").flatMap(child::errand);
        return errand.isPresent() ? errand.get().during(code::get) : code.get();
    }

    private JsonNode answer(
            WireReader event, HostReply reply, CallBlobs blobs, CancellationSource cancellation) {
        WireReader arguments = event.object("arguments");
        switch (event.text("method")) {
            case "packages.install" -> install(arguments, reply.progress(cancellation));
            case "packages.download" -> download(arguments, reply.progress(cancellation));
            case String method -> {
                return new ModelServices(context.models(), reply, blobs, cancellation)
                        .answer(method, arguments);
            }
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private void install(WireReader arguments, ProgressListener listener) {
        context.packages()
                .install(
                        arguments.text("coordinates"),
                        arguments.textIf("sha256").orElse(null),
                        listener);
    }

    private void download(WireReader arguments, ProgressListener listener) {
        context.packages()
                .download(
                        source(arguments.text("source")),
                        arguments.textIf("sha256").orElse(null),
                        Path.of(arguments.text("target")),
                        listener);
    }

    private static URI source(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw BindingException.invalidRequest("no address: " + e.getMessage());
        }
    }
}
