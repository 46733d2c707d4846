package dev.bindery.worker;

import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Models;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.WireObject;
import java.util.List;

/** The models of other instances, which the host asks. */
record HostModels(HostRequests requests) implements Models {
    @Override
    public List<String> names() {
        return requests.ask(
                        "models.names", _ -> new WireObject().node(), Cancellation.NONE, _ -> true)
                .texts("result");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return ResultCodec.decode(
                requests.ask(
                                "models.generate",
                                blobs -> RequestCodec.encode(request, blobs),
                                request.cancellation(),
                                reply ->
                                        reply.objectIf("operation")
                                                .map(o ->
                                                        OperationCodec.decode(o, requests.blobs()))
                                                .map(callback::on)
                                                .orElse(true))
                        .object("result"),
                requests.blobs());
    }
}
