package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The models that the server can use now: of LoLLMs those of its active binding, of another Bindery
 * all. Free for all threads.
 */
final class ModelListing {
    private final Upstream upstream;

    ModelListing(Upstream upstream) {
        this.upstream = upstream;
    }

    List<String> names() {
        JsonNode list = list("list_models");
        List<String> names = new ArrayList<>();
        list.forEach(model -> {
            if (model.isString() && !model.stringValue().isEmpty()) {
                names.add(model.stringValue());
            }
        });
        return names;
    }

    List<ModelInfo> models() {
        List<String> names = names();
        Map<String, JsonNode> known = known();
        return names.stream().map(name -> model(name, known.get(name))).toList();
    }

    /** What else is said of models is no reason to lose their names. */
    private Map<String, JsonNode> known() {
        Map<String, JsonNode> known = new HashMap<>();
        try {
            list("get_available_models")
                    .forEach(model -> known.put(Json.text(model, "name"), model));
        } catch (BindingException _) {
            return Map.of();
        }
        return known;
    }

    private JsonNode list(String path) {
        JsonNode list =
                LollmsErrors.checked(upstream.json(UpstreamRequest.get(path).build()), upstream);
        if (!list.isArray()) {
            throw upstream.broken(
                    "answered /%s without a list (is base_url right?)".formatted(path));
        }
        return list;
    }

    private static ModelInfo model(String name, @Nullable JsonNode known) {
        if (known == null) {
            return ModelInfo.of(name);
        }
        JsonNode size = known.path("size");
        return ModelInfo.builder(name)
                .description(text(known, "description"))
                .license(text(known, "license"))
                .sizeBytes(
                        size.isIntegralNumber() && size.canConvertToLong()
                                ? size.longValue()
                                : null)
                .build();
    }

    private static @Nullable String text(JsonNode model, String field) {
        String text = Json.text(model, field);
        return text.isEmpty() ? null : text;
    }
}
