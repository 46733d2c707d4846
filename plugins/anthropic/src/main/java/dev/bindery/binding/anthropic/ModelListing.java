package dev.bindery.binding.anthropic;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The models that the server has, or that the operator says it has. */
final class ModelListing {
    private static final int PAGE = 1000;
    private static final Map<String, Capability> CAPABILITIES = capabilities();

    private final Upstream upstream;
    private final AnthropicSettings settings;

    ModelListing(Upstream upstream, AnthropicSettings settings) {
        this.upstream = upstream;
        this.settings = settings;
    }

    List<ModelInfo> read() {
        if (!settings.models().isEmpty()) {
            return settings.models().stream().map(ModelInfo::of).toList();
        }
        Map<String, ModelInfo> models = new LinkedHashMap<>();
        String after = "";
        boolean more = true;
        while (more) {
            int known = models.size();
            JsonNode page = page(after);
            for (JsonNode model : page.path("data")) {
                models.put(Json.text(model, "id"), model(model));
            }
            after = Json.text(page, "last_id");
            more =
                    page.path("has_more").asBoolean(false)
                            && !after.isEmpty()
                            && models.size() > known;
        }
        models.remove("");
        return List.copyOf(models.values());
    }

    private JsonNode page(String after) {
        UpstreamRequest.Builder ask =
                UpstreamRequest.get("v1/models").query("limit", String.valueOf(PAGE));
        if (!after.isEmpty()) {
            ask.query("after_id", after);
        }
        JsonNode page = upstream.json(BetaFeatures.of(settings).on(ask).build());
        if (!page.path("data").isArray()) {
            throw upstream.broken(
                    "answered /v1/models without a list (is base_url right?); the setting models can name them instead");
        }
        return page;
    }

    private static ModelInfo model(JsonNode model) {
        String name = Json.text(model, "display_name");
        return ModelInfo.builder(Json.text(model, "id"))
                .displayName(name.isEmpty() ? null : name)
                .modified(time(Json.text(model, "created_at")))
                .contextLength(count(model.path("max_input_tokens")))
                .maxOutputTokens(count(model.path("max_tokens")))
                .capabilities(capabilities(model.path("capabilities")))
                .build();
    }

    /** None where the server tells none: the card's hold then. */
    private static List<Capability> capabilities(JsonNode said) {
        if (!said.isObject() || said.isEmpty()) {
            return List.of();
        }
        List<Capability> all =
                new ArrayList<>(List.of(Capability.CHAT, Capability.STREAM, Capability.TOOLS));
        CAPABILITIES.forEach((name, capability) -> {
            if (said.path(name).path("supported").asBoolean(false)) {
                all.add(capability);
            }
        });
        return all;
    }

    private static Map<String, Capability> capabilities() {
        return Map.of(
                "image_input", Capability.IMAGES,
                "pdf_input", Capability.DOCUMENTS,
                "structured_outputs", Capability.JSON_SCHEMA,
                "thinking", Capability.REASONING);
    }

    private static @Nullable Integer count(JsonNode count) {
        return count.canConvertToInt() && count.intValue() > 0 ? count.intValue() : null;
    }

    /** Before 1970 is what servers say that do not know. */
    private static @Nullable Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            return time.isAfter(Instant.EPOCH) ? time : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
