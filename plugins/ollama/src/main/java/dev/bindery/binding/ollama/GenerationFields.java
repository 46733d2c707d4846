package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import dev.bindery.http.UsualSeed;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the fields that chats, prompts and the loading of a model have in common. */
final class GenerationFields {
    private static final String DIALECT = "ollama";
    private static final int LOW_BUDGET = 2048;
    private static final int MEDIUM_BUDGET = 8192;

    /** What clients may set beyond the contract, under Ollama's names. */
    private static final Set<String> OPTIONS =
            Set.of(
                    "num_keep",
                    "num_ctx",
                    "num_batch",
                    "num_gpu",
                    "main_gpu",
                    "num_thread",
                    "mirostat",
                    "mirostat_tau",
                    "mirostat_eta",
                    "typical_p",
                    "tfs_z",
                    "penalize_newline",
                    "use_mmap",
                    "use_mlock",
                    "numa",
                    "low_vram");

    private static final Set<String> BESIDE_OPTIONS = Set.of("truncate", "shift");

    private final OllamaSettings settings;

    GenerationFields(OllamaSettings settings) {
        this.settings = settings;
    }

    /** Loads the model as requests will want it. */
    ObjectNode load(String model) {
        return load(model, Optional.empty());
    }

    /** Loads the model, to be kept for that long; absent for as long as the settings say. */
    ObjectNode load(String model, Optional<Duration> keep) {
        ObjectNode body = Json.object().put("model", model);
        if (settings.contextSize() > 0) {
            body.putObject("options").put("num_ctx", settings.contextSize());
        }
        keep(body, keep);
        return body;
    }

    /**
     * Answers are streamed always: so a long one is not taken for silence, and nothing goes on when
     * nobody waits any more.
     */
    ObjectNode of(GenerationRequest request) {
        ObjectNode body = Json.object().put("model", request.model()).put("stream", true);
        ObjectNode options = Json.object();
        limits(options, request);
        sampling(options, new UsualSeed(settings.seed()).in(request.sampling()));
        forward(options, request.parameters(), OPTIONS);
        if (!options.isEmpty()) {
            body.set("options", options);
        }
        format(body, request.responseFormat());
        request.reasoning().ifPresent(wanted -> think(body, wanted));
        keep(body, request.keepAlive());
        request.logprobs()
                .ifPresent(others -> body.put("logprobs", true).put("top_logprobs", others));
        forward(body, request.parameters(), BESIDE_OPTIONS);
        return body;
    }

    private void limits(ObjectNode options, GenerationRequest request) {
        if (settings.contextSize() > 0
                && request.parameters().object(DIALECT).field("num_ctx").isEmpty()) {
            options.put("num_ctx", settings.contextSize());
        }
        int most = request.maxTokens().orElse(settings.maxTokens());
        if (most > 0) {
            options.put("num_predict", most);
        }
    }

    private static void sampling(ObjectNode options, Sampling sampling) {
        sampling.temperature().ifPresent(value -> options.put("temperature", value));
        sampling.topP().ifPresent(value -> options.put("top_p", value));
        sampling.topK().ifPresent(value -> options.put("top_k", value));
        sampling.minP().ifPresent(value -> options.put("min_p", value));
        sampling.repeatPenalty().ifPresent(value -> options.put("repeat_penalty", value));
        sampling.repeatLastN().ifPresent(value -> options.put("repeat_last_n", value));
        sampling.presencePenalty().ifPresent(value -> options.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> options.put("frequency_penalty", value));
        sampling.seed().ifPresent(value -> options.put("seed", value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = options.putArray("stop");
            sampling.stop().forEach(stop::add);
        }
    }

    static void forward(ObjectNode body, JsonObject parameters, Set<String> known) {
        parameters
                .object(DIALECT)
                .fields()
                .forEach((name, value) -> {
                    if (known.contains(name)) {
                        body.set(name, Json.node(value));
                    }
                });
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json" -> body.put("format", "json");
            case "json_schema" ->
                    body.set("format", Json.node(format.schema().orElse(JsonObject.EMPTY)));
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; there are text, json and json_schema"
                                    .formatted(format.kind()));
        }
    }

    private static void think(ObjectNode body, ReasoningOptions wanted) {
        String effort = wanted.effort().map(ReasoningEffort::name).orElseGet(() -> effort(wanted));
        switch (effort) {
            case "none" -> body.put("think", false);
            case "minimal", "low" -> body.put("think", "low");
            case "medium", "high" -> body.put("think", effort);
            default -> body.put("think", true);
        }
    }

    /** Ollama measures in words only. */
    private static String effort(ReasoningOptions wanted) {
        if (wanted.budgetTokens().isEmpty()) {
            return "";
        }
        int budget = wanted.budgetTokens().getAsInt();
        if (budget <= 0) {
            return "none";
        }
        if (budget <= LOW_BUDGET) {
            return "low";
        }
        return budget <= MEDIUM_BUDGET ? "medium" : "high";
    }

    private void keep(ObjectNode body, Optional<Duration> asked) {
        asked.ifPresentOrElse(time -> keepAlive(body, time), () -> usualKeepAlive(body));
    }

    private static void keepAlive(ObjectNode body, Duration time) {
        if (time.isNegative()) {
            body.put("keep_alive", -1);
        } else {
            body.put("keep_alive", time.toMillis() + "ms");
        }
    }

    private void usualKeepAlive(ObjectNode body) {
        String time = settings.keepAlive().strip();
        if (time.matches("-?[0-9]+")) {
            body.put("keep_alive", Long.parseLong(time));
        } else if (!time.isEmpty()) {
            body.put("keep_alive", time);
        }
    }
}
