package dev.bindery.host.protocol;

import dev.bindery.api.Capability;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What is known of models. */
public final class ModelCodec {
    private ModelCodec() {}

    public static ObjectNode encode(ModelInfo model) {
        return new WireObject()
                .text("name", model.name())
                .text("displayName", model.displayName())
                .text("description", model.description())
                .truth("installed", model.installed())
                .texts(
                        "capabilities",
                        model.capabilities().stream().map(Capability::name).sorted().toList())
                .whole("contextLength", model.contextLength())
                .whole("maxOutputTokens", model.maxOutputTokens())
                .whole("embeddingDimensions", model.embeddingDimensions())
                .whole("sizeBytes", model.sizeBytes())
                .text("digest", model.digest())
                .text("license", model.license())
                .text("family", model.family())
                .text("parameterSize", model.parameterSize())
                .text("quantization", model.quantization())
                .text("format", model.format())
                .text("template", model.template())
                .text("owner", model.owner())
                .text("modified", model.modified().map(Instant::toString))
                .node("price", model.price(), PriceCodec::encode)
                .json("metadata", model.metadata())
                .node();
    }

    public static ModelInfo info(WireReader wire) {
        ModelInfo.Builder model =
                ModelInfo.builder(wire.text("name"))
                        .displayName(wire.textIf("displayName").orElse(null))
                        .description(wire.textIf("description").orElse(null))
                        .capabilities(
                                wire.texts("capabilities").stream().map(Capability::new).toList())
                        .digest(wire.textIf("digest").orElse(null))
                        .license(wire.textIf("license").orElse(null))
                        .family(wire.textIf("family").orElse(null))
                        .parameterSize(wire.textIf("parameterSize").orElse(null))
                        .quantization(wire.textIf("quantization").orElse(null))
                        .format(wire.textIf("format").orElse(null))
                        .template(wire.textIf("template").orElse(null))
                        .owner(wire.textIf("owner").orElse(null))
                        .modified(instant(wire, "modified").orElse(null))
                        .metadata(wire.jsonObject("metadata"));
        wire.objectIf("price").map(PriceCodec::price).ifPresent(model::price);
        wire.flagIf("installed").ifPresent(model::installed);
        wire.intIf("contextLength").ifPresent(model::contextLength);
        wire.intIf("maxOutputTokens").ifPresent(model::maxOutputTokens);
        wire.intIf("embeddingDimensions").ifPresent(model::embeddingDimensions);
        wire.wholeIf("sizeBytes").ifPresent(model::sizeBytes);
        return model.build();
    }

    public static ObjectNode encode(LoadedModel model) {
        return new WireObject()
                .text("name", model.name())
                .whole("memoryBytes", model.memoryBytes())
                .whole("contextLength", model.contextLength())
                .text("expires", model.expires().map(Instant::toString))
                .node();
    }

    public static LoadedModel loaded(WireReader wire) {
        LoadedModel.Builder model =
                LoadedModel.builder(wire.text("name"))
                        .expires(instant(wire, "expires").orElse(null));
        wire.wholeIf("memoryBytes").ifPresent(model::memoryBytes);
        wire.intIf("contextLength").ifPresent(model::contextLength);
        return model.build();
    }

    private static Optional<Instant> instant(WireReader wire, String name) {
        try {
            return wire.textIf(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new ProtocolException(
                    "the field %s: expected a time such as 2026-01-31T12:00:00Z".formatted(name),
                    e);
        }
    }
}
