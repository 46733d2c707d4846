package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.http.Json;
import dev.bindery.http.NdjsonReader;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Loads, frees, fetches and deletes models. Free for all threads. */
final class ModelStore {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Upstream upstream;
    private final GenerationFields fields;

    ModelStore(Upstream upstream, OllamaSettings settings) {
        this.upstream = upstream;
        this.fields = new GenerationFields(settings);
    }

    /** A model that only makes vectors is loaded by making none. */
    void load(String model) {
        try {
            upstream.json(UpstreamRequest.post("api/generate", fields.load(model)).build());
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.UNSUPPORTED)) {
                throw e;
            }
            ObjectNode nothing = fields.load(model);
            nothing.putArray("input");
            upstream.json(UpstreamRequest.post("api/embed", nothing).build());
        }
    }

    /** Ollama frees a model only when its last answer has ended. */
    void free(String model) {
        ObjectNode body = Json.object().put("model", model).put("keep_alive", 0);
        upstream.json(UpstreamRequest.post("api/generate", body).repeatable(true).build());
    }

    List<LoadedModel> loaded() {
        List<LoadedModel> loaded = new ArrayList<>();
        upstream.json(UpstreamRequest.get("api/ps").build())
                .path("models")
                .forEach(model -> loaded.add(loaded(model)));
        return loaded;
    }

    private static LoadedModel loaded(JsonNode model) {
        return LoadedModel.builder(ModelNames.shown(ModelCatalogue.name(model)))
                .memoryBytes(ModelDetails.whole(model.path("size")))
                .contextLength(ModelDetails.count(model.path("context_length")))
                .expires(expires(Json.text(model, "expires_at")))
                .build();
    }

    /** For ever is told as a time centuries away. */
    private static @Nullable Instant expires(String text) {
        Instant time = ModelDetails.time(text);
        return time == null || time.isAfter(Instant.now().plus(FOR_EVER)) ? null : time;
    }

    void pull(String model, ProgressListener listener) {
        UpstreamRequest request =
                UpstreamRequest.post(
                                "api/pull", Json.object().put("model", model).put("stream", true))
                        .streamed(true)
                        .cancellation(listener.cancellation())
                        .build();
        try (Reply reply = upstream.send(request)) {
            NdjsonReader lines = reply.lines();
            String last = "";
            for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                if (line.has("error")) {
                    throw upstream.error(line).build();
                }
                last = Json.text(line, "status");
                listener.progress(progress(line, last));
            }
            if (!last.equals("success")) {
                throw upstream.broken("ended its stream before the model was there");
            }
            reply.finished();
        }
    }

    /** The model's files come one after the other; each has a progress of its own. */
    private static Progress progress(JsonNode line, String status) {
        Long total = ModelDetails.whole(line.path("total"));
        return total == null
                ? Progress.of(status)
                : Progress.of(status, line.path("completed").asLong(0), total);
    }

    void delete(String model) {
        ObjectNode body = Json.object().put("model", model);
        try (Reply reply = upstream.send(UpstreamRequest.delete("api/delete", body).build())) {
            reply.finished();
        }
    }
}
