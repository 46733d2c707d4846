package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The models that the server has. What a list does not tell is asked for each model by itself, and
 * remembered until the model changes: lists are asked for often. Free for all threads.
 */
final class ModelCatalogue {
    private final Upstream upstream;
    private final Map<Version, JsonNode> shown = new ConcurrentHashMap<>();

    /** A model at one time; pulling it again changes both. */
    private record Version(String name, String digest, String modified) {}

    ModelCatalogue(Upstream upstream) {
        this.upstream = upstream;
    }

    List<String> names() {
        return list().stream().map(model -> ModelNames.shown(name(model))).toList();
    }

    List<ModelInfo> models() {
        List<JsonNode> models = list();
        List<Version> there = models.stream().map(ModelCatalogue::version).toList();
        shown.keySet().retainAll(there);
        return models.stream().map(model -> ModelDetails.of(model, details(model))).toList();
    }

    private List<JsonNode> list() {
        JsonNode models = upstream.json(UpstreamRequest.get("api/tags").build()).path("models");
        if (!models.isArray()) {
            throw upstream.broken("answered /api/tags without a list (is base_url right?)");
        }
        List<JsonNode> named = new ArrayList<>();
        models.forEach(model -> {
            if (!name(model).isEmpty()) {
                named.add(model);
            }
        });
        return named;
    }

    /** A model that cannot be shown is listed with what is known of it. */
    private JsonNode details(JsonNode model) {
        Version version = version(model);
        JsonNode known = shown.get(version);
        if (known != null) {
            return known;
        }
        try {
            JsonNode body = Json.object().put("model", name(model));
            JsonNode details =
                    upstream.json(UpstreamRequest.post("api/show", body).repeatable(true).build());
            shown.put(version, details);
            return details;
        } catch (BindingException _) {
            return Json.object();
        }
    }

    private static Version version(JsonNode model) {
        return new Version(
                name(model), Json.text(model, "digest"), Json.text(model, "modified_at"));
    }

    static String name(JsonNode model) {
        String today = Json.text(model, "model");
        return today.isEmpty() ? Json.text(model, "name") : today;
    }
}
