package dev.bindery.server.admin;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.host.ServedModel;
import dev.bindery.server.json.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Models as the admin API shows them; what is unknown is left out. */
final class ModelJson {
    private ModelJson() {}

    static byte[] of(List<ServedModel> models) {
        JsonText out = new JsonText().beginObject().field("models").beginArray();
        models.forEach(model -> write(model, out));
        return out.endArray().endObject().toBytes();
    }

    private static void write(ServedModel model, JsonText out) {
        ModelInfo info = model.info();
        out.beginObject().field("id").text(model.id());
        out.field("instance").text(model.instance());
        out.field("name").text(info.name());
        out.field("installed").flag(info.installed());
        info.sizeBytes().ifPresent(bytes -> out.field("size_bytes").number(bytes));
        count("context_length", info.contextLength(), out);
        count("max_output_tokens", info.maxOutputTokens(), out);
        count("embedding_dimensions", info.embeddingDimensions(), out);
        text("display_name", info.displayName(), out);
        text("description", info.description(), out);
        text("license", info.license(), out);
        text("family", info.family(), out);
        text("parameter_size", info.parameterSize(), out);
        text("quantization", info.quantization(), out);
        text("format", info.format(), out);
        text("owner", info.owner(), out);
        text("digest", info.digest(), out);
        text("modified", info.modified().map(Object::toString), out);
        out.field("capabilities").beginArray();
        model.capabilities().stream().map(Capability::name).sorted().forEach(out::text);
        out.endArray().endObject();
    }

    private static void text(String name, Optional<String> text, JsonText out) {
        text.ifPresent(value -> out.field(name).text(value));
    }

    private static void count(String name, OptionalInt count, JsonText out) {
        count.ifPresent(value -> out.field(name).number(value));
    }
}
