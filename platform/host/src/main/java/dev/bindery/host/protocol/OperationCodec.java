package dev.bindery.host.protocol;

import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** Pieces of an answer. A type that is not known here keeps its code and name. */
public final class OperationCodec {
    private OperationCodec() {}

    public static ObjectNode encode(Operation operation, BlobWriter blobs) {
        OperationType type = operation.type();
        boolean known = OperationType.of(type.code()).equals(type);
        return new WireObject()
                .whole("type", type.code())
                .text("name", known ? null : type.name())
                .text("text", operation.text().isEmpty() ? null : operation.text())
                .json("metadata", operation.metadata())
                .whole("candidate", candidate(operation))
                .node("toolCall", operation.toolCall(), ToolCodec::encode)
                .node("reasoning", operation.reasoning(), part -> PartCodec.encode(part, blobs))
                .node("media", operation.media(), part -> PartCodec.encode(part, blobs))
                .node("usage", operation.usage(), UsageCodec::encode)
                .list("logprobs", operation.logprobs(), LogprobCodec::encode)
                .node();
    }

    /**
     * The operation.
     *
     * @throws ProtocolException when it is not whole
     */
    public static Operation decode(WireReader wire, BlobReader blobs) {
        return payload(type(wire), wire, blobs)
                .orElseGet(() -> Operation.of(type(wire), wire.textIf("text").orElse("")))
                .withMetadata(wire.jsonObject("metadata"))
                .withCandidate(candidate(wire));
    }

    private static OptionalInt candidate(Operation operation) {
        return operation.candidate() == 0
                ? OptionalInt.empty()
                : OptionalInt.of(operation.candidate());
    }

    private static int candidate(WireReader wire) {
        int candidate = wire.intIf("candidate").orElse(0);
        if (candidate < 0 || candidate > Operation.MAX_CANDIDATE) {
            throw new ProtocolException(
                    "the field candidate: expected 0 to %d, found %d"
                            .formatted(Operation.MAX_CANDIDATE, candidate));
        }
        return candidate;
    }

    private static OperationType type(WireReader wire) {
        int code =
                wire.intIf("type")
                        .orElseThrow(() -> new ProtocolException("the field type is missing"));
        if (code < 0) {
            throw new ProtocolException("an operation's type is not negative: " + code);
        }
        return wire.textIf("name")
                .map(name -> new OperationType(code, name))
                .orElseGet(() -> OperationType.of(code));
    }

    private static Optional<Operation> payload(
            OperationType type, WireReader wire, BlobReader blobs) {
        if (type.equals(OperationType.TOOL_CALL)) {
            return wire.objectIf("toolCall").map(ToolCodec::delta).map(Operation::toolCall);
        }
        if (type.equals(OperationType.REASONING)) {
            return wire.objectIf("reasoning")
                    .map(part -> part(part, blobs, ReasoningPart.class))
                    .map(Operation::reasoning);
        }
        if (type.equals(OperationType.MEDIA)) {
            return wire.objectIf("media")
                    .map(part -> part(part, blobs, MediaPart.class))
                    .map(Operation::media);
        }
        if (type.equals(OperationType.USAGE)) {
            return wire.objectIf("usage").map(UsageCodec::usage).map(Operation::usage);
        }
        if (type.equals(OperationType.LOGPROBS)) {
            return Optional.of(wire.list("logprobs", LogprobCodec::decode))
                    .filter(logprobs -> !logprobs.isEmpty())
                    .map(Operation::logprobs);
        }
        return Optional.empty();
    }

    private static <P extends Part> P part(WireReader wire, BlobReader blobs, Class<P> kind) {
        Part part = PartCodec.decode(wire, blobs);
        if (!kind.isInstance(part)) {
            throw new ProtocolException("a part of another kind: " + wire.text("kind"));
        }
        return kind.cast(part);
    }
}
