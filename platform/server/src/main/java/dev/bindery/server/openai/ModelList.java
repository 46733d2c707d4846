package dev.bindery.server.openai;

import dev.bindery.host.ServedModel;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** Models as OpenAI lists them. */
final class ModelList {
    private ModelList() {}

    static byte[] of(List<ServedModel> models) {
        JsonText out = new JsonText();
        out.beginObject().field("object").text("list").field("data").beginArray();
        models.forEach(model -> write(model.id(), model, out));
        return out.endArray().endObject().toBytes();
    }

    static byte[] of(String id, ServedModel model) {
        JsonText out = new JsonText();
        write(id, model, out);
        return out.toBytes();
    }

    private static void write(String id, ServedModel model, JsonText out) {
        out.beginObject().field("id").text(id).field("object").text("model");
        out.field("created").number(model.modified().getEpochSecond());
        out.field("owned_by").text(model.info().owner().orElse(model.instance())).endObject();
    }
}
