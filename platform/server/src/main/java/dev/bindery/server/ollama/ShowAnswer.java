package dev.bindery.server.ollama;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.server.json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of one model. */
final class ShowAnswer {
    private static final String UNKNOWN = "unknown";
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([KMBTkmbt]?)");

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
        out.endArray().field("modified_at").text(model.served().modified().toString());
        return out.endObject().toBytes();
    }

    /**
     * Clients look for the name of the architecture, and then under that name. Ollama's own, by
     * {@code ollama show}, takes all of these to be there; it shows 0 for what nobody knows.
     */
    private static void modelInfo(ModelInfo info, JsonText out) {
        String architecture = info.family().filter(name -> !name.isBlank()).orElse(UNKNOWN);
        out.beginObject().field("general.architecture").text(architecture);
        out.field("general.parameter_count").number(parameters(info.parameterSize().orElse("")));
        out.field(architecture + ".context_length").number(info.contextLength().orElse(0));
        out.field(architecture + ".embedding_length").number(info.embeddingDimensions().orElse(0));
        out.endObject();
    }

    /** Of a size such as {@code 7.6B}; 0 for one that is written otherwise. */
    private static long parameters(String size) {
        Matcher written = SIZE.matcher(size.strip());
        if (!written.matches()) {
            return 0;
        }
        int thousands = " KMBT".indexOf(written.group(2).toUpperCase(Locale.ROOT));
        return new BigDecimal(written.group(1))
                .scaleByPowerOfTen(3 * Math.max(0, thousands))
                .longValue();
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
