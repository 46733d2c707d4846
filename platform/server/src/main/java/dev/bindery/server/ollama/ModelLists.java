package dev.bindery.server.ollama;

import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.host.ServedModel;
import dev.bindery.server.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Lists of models. Clients take no null and miss no field: a text that nobody knows is empty, a
 * number 0.
 */
final class ModelLists {
    /** Far enough that clients say "for ever". */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private ModelLists() {}

    static byte[] tags(List<ServedModel> models) {
        JsonText out = new JsonText().beginObject().field("models").beginArray();
        for (ServedModel model : models) {
            open(model, out).field("modified_at").text(model.modified().toString());
            out.field("size").number(model.info().sizeBytes().orElse(0));
            identity(model, out);
            out.endObject();
        }
        return out.endArray().endObject().toBytes();
    }

    /**
     * @param loaded by the instance's name
     */
    static byte[] loaded(Map<String, List<LoadedModel>> loaded, List<ServedModel> models) {
        JsonText out = new JsonText().beginObject().field("models").beginArray();
        for (ServedModel model : models) {
            loaded.getOrDefault(model.instance(), List.of()).stream()
                    .filter(each -> each.name().equals(model.info().name()))
                    .forEach(each -> loaded(model, each, out));
        }
        return out.endArray().endObject().toBytes();
    }

    /** On which card a model's memory is, the contract does not say. */
    private static void loaded(ServedModel model, LoadedModel loaded, JsonText out) {
        long size = loaded.memoryBytes().orElse(model.info().sizeBytes().orElse(0));
        open(model, out).field("size").number(size);
        identity(model, out);
        out.field("expires_at").text(loaded.expires().orElse(NEVER).toString());
        out.field("size_vram").number(0);
        int context = loaded.contextLength().orElse(model.info().contextLength().orElse(0));
        out.field("context_length").number(context).endObject();
    }

    private static JsonText open(ServedModel model, JsonText out) {
        String name = ModelNames.tagged(model.id());
        return out.beginObject().field("name").text(name).field("model").text(name);
    }

    private static void identity(ServedModel model, JsonText out) {
        out.field("digest").text(Digests.of(model));
        details(model.info(), out.field("details"));
    }

    static void details(ModelInfo info, JsonText out) {
        out.beginObject().field("parent_model").text("");
        out.field("format").text(info.format().orElse(""));
        out.field("family").text(info.family().orElse(""));
        out.field("families").beginArray();
        info.family().ifPresent(out::text);
        out.endArray().field("parameter_size").text(info.parameterSize().orElse(""));
        out.field("quantization_level").text(info.quantization().orElse("")).endObject();
    }
}
