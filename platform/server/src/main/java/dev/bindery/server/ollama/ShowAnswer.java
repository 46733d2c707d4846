package dev.bindery.server.ollama;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.server.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** What is known of one model. */
final class ShowAnswer {
    private static final String UNKNOWN = "unknown";

    private ShowAnswer() {}

    static byte[] of(AskedModel model) {
        ModelInfo info = model.served().info();
        JsonText out = new JsonText().beginObject();
        info.license().ifPresent(license -> out.field("license").text(license));
        out.field("modelfile").text("FROM " + model.served().id() + "\n");
        out.field("parameters").text("");
        out.field("template").text(info.template().orElse("")).field("details");
        ModelLists.details(info, out);
        modelInfo(info, out.field("model_info"));
        out.field("capabilities").beginArray();
        capabilities(model).forEach(out::text);
        out.endArray().field("modified_at").text(ModelLists.modified(info));
        return out.endObject().toBytes();
    }

    /** Clients look for the name of the architecture, and then under that name. */
    private static void modelInfo(ModelInfo info, JsonText out) {
        String architecture = info.family().filter(name -> !name.isBlank()).orElse(UNKNOWN);
        out.beginObject().field("general.architecture").text(architecture);
        info.contextLength()
                .ifPresent(tokens -> out.field(architecture + ".context_length").number(tokens));
        info.embeddingDimensions()
                .ifPresent(size -> out.field(architecture + ".embedding_length").number(size));
        out.endObject();
    }

    /**
     * In Ollama's words {@code embedding} is a model that does no more; its clients leave such ones
     * out where they look for something to talk to.
     */
    private static List<String> capabilities(AskedModel model) {
        List<String> can = new ArrayList<>();
        boolean talks = model.can(Capability.CHAT) || model.can(Capability.COMPLETION);
        if (talks) {
            can.add("completion");
        }
        add("tools", Capability.TOOLS, model, can);
        add("vision", Capability.IMAGES, model, can);
        add("audio", Capability.AUDIO, model, can);
        add("thinking", Capability.REASONING, model, can);
        if (!talks) {
            add("embedding", Capability.EMBEDDINGS, model, can);
        }
        return can;
    }

    private static void add(
            String name, Capability capability, AskedModel model, List<String> can) {
        if (model.can(capability)) {
            can.add(name);
        }
    }
}
