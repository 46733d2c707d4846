package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.WireReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
            reply.result(answer(event, reply, blobs, cancellation));
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

    private JsonNode answer(
            WireReader event, HostReply reply, CallBlobs blobs, CancellationSource cancellation) {
        WireReader arguments = event.object("arguments");
        switch (event.text("method")) {
            case "packages.install" -> install(arguments, reply.progress(cancellation));
            case "packages.download" -> download(arguments, reply.progress(cancellation));
            case "models.names" -> {
                return names();
            }
            case "models.generate" -> {
                return generate(arguments, reply, blobs, cancellation);
            }
            case String method ->
                    throw BindingException.unsupported("this host does not offer " + method);
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private JsonNode names() {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        context.models().names().forEach(names::add);
        return names;
    }

    private ObjectNode generate(
            WireReader arguments,
            HostReply reply,
            CallBlobs blobs,
            CancellationSource cancellation) {
        GenerationRequest request = RequestCodec.decode(arguments, blobs, cancellation);
        GenerationResult result =
                context.models().generate(request, operation -> reply.operation(operation, blobs));
        return ResultCodec.encode(result, blobs);
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
