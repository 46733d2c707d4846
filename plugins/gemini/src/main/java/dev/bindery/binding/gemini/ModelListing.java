package dev.bindery.binding.gemini;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The models that the key may use, page by page; those for neither answers nor vectors left out.
 */
final class ModelListing {
    private static final String PAGE_SIZE = "1000";

    private final Upstream upstream;

    ModelListing(Upstream upstream) {
        this.upstream = upstream;
    }

    List<ModelInfo> read() {
        List<ModelInfo> models = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String next = "";
        do {
            JsonNode page = page(next);
            page.path("models")
                    .valueStream()
                    .filter(ModelListing::isOurs)
                    .forEach(model -> models.add(info(model)));
            next = Json.text(page, "nextPageToken");
        } while (!next.isEmpty() && seen.add(next));
        return models;
    }

    private JsonNode page(String token) {
        UpstreamRequest.Builder get = UpstreamRequest.get("models").query("pageSize", PAGE_SIZE);
        if (!token.isEmpty()) {
            get.query("pageToken", token);
        }
        JsonNode page = upstream.json(get.build());
        if (!page.isObject() || (!page.path("models").isArray() && !page.isEmpty())) {
            throw upstream.broken(
                    "answered /models without a list (is base_url right?); the setting models can name them instead");
        }
        return page;
    }

    private static boolean isOurs(JsonNode model) {
        return !Json.text(model, "name").isEmpty()
                && (can(model, "generateContent") || can(model, "embedContent"));
    }

    private static boolean can(JsonNode model, String method) {
        return model.path("supportedGenerationMethods")
                .valueStream()
                .anyMatch(one -> one.asString("").equals(method));
    }

    private static ModelInfo info(JsonNode model) {
        return ModelInfo.builder(ModelPath.name(Json.text(model, "name")))
                .displayName(text(model, "displayName"))
                .description(text(model, "description"))
                .owner("google")
                .contextLength(count(model, "inputTokenLimit"))
                .maxOutputTokens(
                        can(model, "generateContent") ? count(model, "outputTokenLimit") : null)
                .capabilities(capabilities(model))
                .build();
    }

    private static Set<Capability> capabilities(JsonNode model) {
        if (!can(model, "generateContent")) {
            return Set.of(Capability.EMBEDDINGS);
        }
        return ModelCapabilities.of(
                ModelPath.name(Json.text(model, "name")), model.path("thinking").asBoolean(false));
    }

    private static @Nullable String text(JsonNode model, String field) {
        String text = Json.text(model, field);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Integer count(JsonNode model, String field) {
        JsonNode count = model.path(field);
        return count.isIntegralNumber() && count.canConvertToInt() && count.intValue() > 0
                ? count.intValue()
                : null;
    }
}
