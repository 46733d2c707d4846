package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The models that a server has, or that the operator says it has. */
final class ModelListing {
    private final Upstream upstream;
    private final OpenAiOptions options;

    ModelListing(Upstream upstream, OpenAiOptions options) {
        this.upstream = upstream;
        this.options = options;
    }

    List<ModelInfo> read() {
        if (!options.models().isEmpty()) {
            return options.models().stream().map(name -> named(name).build()).toList();
        }
        String path = options.provider().path("models", "models");
        if (path.isEmpty()) {
            return List.of();
        }
        JsonNode answer = upstream.json(UpstreamRequest.get(path).build());
        JsonNode models = answer.isArray() ? answer : answer.path("data");
        if (!models.isArray()) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "%s answered /models without a list (is base_url right?); the setting models can name them instead"
                            .formatted(upstream.host()));
        }
        return StreamSupport.stream(models.spliterator(), false)
                .filter(model -> !model.path("id").asString("").isEmpty())
                .map(this::model)
                .toList();
    }

    private ModelInfo.Builder named(String name) {
        return ModelInfo.builder(name).capabilities(options.capabilities());
    }

    private ModelInfo model(JsonNode model) {
        return named(model.path("id").asString(""))
                .displayName(text(model.path("name")))
                .owner(text(model.path("owned_by")))
                .modified(time(model.path("created")))
                .contextLength(contextLength(model))
                .price(new TokenPrices(options.provider().prices()).of(model))
                .build();
    }

    /** OpenAI does not tell it; others do, each under a name of its own. */
    private static @Nullable Integer contextLength(JsonNode model) {
        return Stream.of(
                        "context_length",
                        "max_model_len",
                        "context_window",
                        "context_size",
                        "max_context_length")
                .map(model::path)
                .filter(found -> found.isIntegralNumber() && found.canConvertToInt())
                .map(JsonNode::intValue)
                .filter(length -> length > 0)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(JsonNode text) {
        return text.isString() && !text.stringValue().isEmpty() ? text.stringValue() : null;
    }

    private static @Nullable Instant time(JsonNode seconds) {
        return seconds.isNumber() && seconds.asLong(0) > 0
                ? Instant.ofEpochSecond(seconds.asLong(0))
                : null;
    }
}
