package dev.bindery.binding.ollama;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the server says of a model into the contract's form. */
final class ModelDetails {
    /** Vectors too: Ollama makes them with every model, and calls so only those that do no more. */
    private static final List<Capability> OF_TEXT =
            List.of(
                    Capability.CHAT,
                    Capability.COMPLETION,
                    Capability.STREAM,
                    Capability.JSON,
                    Capability.JSON_SCHEMA,
                    Capability.LOGPROBS,
                    Capability.EMBEDDINGS);

    private ModelDetails() {}

    /**
     * @param listed from the list of models
     * @param shown what else is known; may be empty
     */
    static ModelInfo of(JsonNode listed, JsonNode shown) {
        JsonNode details = listed.path("details");
        JsonNode info = shown.path("model_info");
        String architecture = Json.text(info, "general.architecture");
        return ModelInfo.builder(ModelNames.shown(ModelCatalogue.name(listed)))
                .capabilities(capabilities(shown.path("capabilities")))
                .sizeBytes(whole(listed.path("size")))
                .digest(text(Json.text(listed, "digest").replaceFirst("^sha256[:-]", "")))
                .modified(time(Json.text(listed, "modified_at")))
                .format(text(Json.text(details, "format")))
                .family(text(Json.text(details, "family")))
                .parameterSize(text(Json.text(details, "parameter_size")))
                .quantization(text(Json.text(details, "quantization_level")))
                .contextLength(count(info.path(architecture + ".context_length")))
                .embeddingDimensions(count(info.path(architecture + ".embedding_length")))
                .license(license(Json.text(info, "general.license"), shown))
                .template(text(Json.text(shown, "template")))
                .build();
    }

    /** Empty when the server, an old one, tells none: then the card's hold. */
    private static Set<Capability> capabilities(JsonNode names) {
        Set<Capability> capabilities = new LinkedHashSet<>();
        for (JsonNode name : names) {
            switch (name.asString("")) {
                case "completion" -> capabilities.addAll(OF_TEXT);
                case "vision" -> capabilities.add(Capability.IMAGES);
                case "tools" -> capabilities.add(Capability.TOOLS);
                case "thinking" -> capabilities.add(Capability.REASONING);
                case "embedding" -> capabilities.add(Capability.EMBEDDINGS);
                default -> {}
            }
        }
        if (!capabilities.isEmpty()) {
            capabilities.add(Capability.PULL);
        }
        return capabilities;
    }

    /** The licence's name, else the first line of its text. */
    private static @Nullable String license(String name, JsonNode shown) {
        return name.isEmpty()
                ? Json.text(shown, "license")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .orElse(null)
                : name;
    }

    static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    static @Nullable Long whole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() > 0
                ? number.longValue()
                : null;
    }

    static @Nullable Integer count(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToInt() && number.intValue() > 0
                ? number.intValue()
                : null;
    }

    static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
