package dev.bindery.binding.cohere;

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
            next = Json.text(page, "next_page_token");
        } while (!next.isEmpty() && seen.add(next));
        return models;
    }

    private JsonNode page(String token) {
        UpstreamRequest.Builder get =
                UpstreamRequest.get("v1/models").query("page_size", PAGE_SIZE);
        if (!token.isEmpty()) {
            get.query("page_token", token);
        }
        JsonNode page = upstream.json(get.build());
        if (!page.path("models").isArray()) {
            throw upstream.broken(
                    "answered /v1/models without a list (is base_url right?); the setting models can name them instead");
        }
        return page;
    }

    private static boolean isOurs(JsonNode model) {
        return !Json.text(model, "name").isEmpty()
                && (serves(model, "chat") || serves(model, "embed"));
    }

    private static boolean serves(JsonNode model, String endpoint) {
        return model.path("endpoints")
                .valueStream()
                .anyMatch(one -> one.asString("").equals(endpoint));
    }

    private static ModelInfo info(JsonNode model) {
        return ModelInfo.builder(Json.text(model, "name"))
                .owner("cohere")
                .contextLength(length(model.path("context_length")))
                .capabilities(capabilities(model))
                .build();
    }

    private static Set<Capability> capabilities(JsonNode model) {
        Set<Capability> can = new HashSet<>(Set.of(Capability.TOKENIZE));
        if (serves(model, "embed")) {
            can.add(Capability.EMBEDDINGS);
        }
        if (serves(model, "chat")) {
            can.addAll(ChatFeatures.of(Json.text(model, "name"), model.path("features")));
        }
        return can;
    }

    private static @Nullable Integer length(JsonNode length) {
        return length.isNumber() && length.doubleValue() >= 1 && length.doubleValue() < 1e9
                ? (int) length.doubleValue()
                : null;
    }
}
