package dev.bindery.server.anthropic;

import dev.bindery.api.ModelInfo;
import dev.bindery.host.ServedModel;
import dev.bindery.server.json.JsonText;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Models as Anthropic lists them, all on one page. */
final class ModelList {
    private ModelList() {}

    static byte[] of(List<ServedModel> models) {
        JsonText out = new JsonText();
        out.beginObject().field("data").beginArray();
        models.forEach(model -> write(model.id(), model, out));
        out.endArray().field("has_more").flag(false);
        textOrNull(out.field("first_id"), models.isEmpty() ? null : models.getFirst().id());
        textOrNull(out.field("last_id"), models.isEmpty() ? null : models.getLast().id());
        return out.endObject().toBytes();
    }

    static byte[] of(String id, ServedModel model) {
        JsonText out = new JsonText();
        write(id, model, out);
        return out.toBytes();
    }

    private static void write(String id, ServedModel model, JsonText out) {
        ModelInfo info = model.info();
        out.beginObject().field("type").text("model").field("id").text(id);
        out.field("display_name").text(info.displayName().orElse(id));
        out.field("created_at").text(model.modified().toString());
        numberOrNull(out.field("max_input_tokens"), info.contextLength());
        numberOrNull(out.field("max_tokens"), info.maxOutputTokens());
        out.field("lifecycle").text("active");
        out.endObject();
    }

    private static void textOrNull(JsonText out, @Nullable String text) {
        if (text == null) {
            out.nothing();
        } else {
            out.text(text);
        }
    }

    private static void numberOrNull(JsonText out, OptionalInt number) {
        if (number.isPresent()) {
            out.number(number.getAsInt());
        } else {
            out.nothing();
        }
    }
}
