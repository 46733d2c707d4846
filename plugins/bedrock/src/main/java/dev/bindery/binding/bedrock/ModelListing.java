package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The models of the region, and the profiles by which some of them are called alone. */
final class ModelListing {
    private static final String PAGE = "1000";

    private final Upstream control;
    private final BindingCard card;
    private final Map<String, JsonNode> known = new HashMap<>();

    ModelListing(Upstream control, BindingCard card) {
        this.control = control;
        this.card = card;
    }

    List<ModelInfo> read() {
        List<ModelInfo> models = new ArrayList<>();
        JsonNode all = control.json(UpstreamRequest.get("foundation-models").build());
        if (!all.path("modelSummaries").isArray()) {
            throw control.broken(
                    "answered /foundation-models without a list (is control_url right?); the setting models can name them instead");
        }
        for (JsonNode model : all.path("modelSummaries")) {
            known.put(Json.text(model, "modelId"), model);
            if (isServed(model) && has(model, "inferenceTypesSupported", "ON_DEMAND")) {
                models.add(info(Json.text(model, "modelId"), Json.text(model, "modelName"), model));
            }
        }
        profiles(models);
        return models;
    }

    /** Whoever may not list profiles has models all the same. */
    private void profiles(List<ModelInfo> models) {
        String next = "";
        Set<String> seen = new HashSet<>();
        do {
            UpstreamRequest.Builder ask =
                    UpstreamRequest.get("inference-profiles").query("maxResults", PAGE);
            if (!next.isEmpty()) {
                ask.query("nextToken", next);
            }
            JsonNode page = page(ask.build());
            page.path("inferenceProfileSummaries").forEach(profile -> profile(profile, models));
            next = Json.text(page, "nextToken");
        } while (!next.isEmpty() && seen.add(next));
    }

    private JsonNode page(UpstreamRequest ask) {
        try {
            return control.json(ask);
        } catch (BindingException e) {
            if (e.code().equals(ErrorCode.UPSTREAM_AUTHENTICATION)) {
                return Json.object();
            }
            throw e;
        }
    }

    private void profile(JsonNode profile, List<ModelInfo> models) {
        String arn = Json.text(profile.path("models").path(0), "modelArn");
        JsonNode model = known.get(arn.substring(arn.lastIndexOf('/') + 1));
        if (model != null && isServed(model)) {
            models.add(
                    info(
                            Json.text(profile, "inferenceProfileId"),
                            Json.text(profile, "inferenceProfileName"),
                            model));
        }
    }

    private static boolean isServed(JsonNode model) {
        return has(model, "outputModalities", "TEXT")
                || (has(model, "outputModalities", "EMBEDDING")
                        && Json.text(model, "modelId")
                                .matches("(cohere\\.embed|amazon\\.titan-embed).*"));
    }

    private ModelInfo info(String id, String name, JsonNode model) {
        return ModelInfo.builder(id)
                .displayName(name.isEmpty() ? null : name)
                .owner(Json.text(model, "providerName"))
                .capabilities(capabilities(model))
                .build();
    }

    /** What the card promises, less what this model is said not to do. */
    private Set<Capability> capabilities(JsonNode model) {
        if (!has(model, "outputModalities", "TEXT")) {
            return Set.of(Capability.EMBEDDINGS);
        }
        Set<Capability> all = new HashSet<>(card.capabilities());
        all.remove(Capability.EMBEDDINGS);
        if (!has(model, "inputModalities", "IMAGE")) {
            all.remove(Capability.IMAGES);
        }
        if (!model.path("responseStreamingSupported").asBoolean(true)) {
            all.remove(Capability.STREAM);
        }
        return all;
    }

    private static boolean has(JsonNode model, String field, String value) {
        return model.path(field).valueStream().anyMatch(one -> one.asString("").equals(value));
    }
}
