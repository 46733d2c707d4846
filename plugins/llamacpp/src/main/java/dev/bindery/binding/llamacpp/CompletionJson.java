package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A request in the library's terms. Values that would make llama.cpp end the process, or loop, are
 * refused here.
 */
final class CompletionJson {
    private static final long SEEDS = 0xFFFFFFFFL;

    private final Map<String, JsonValue> fields = new LinkedHashMap<>();

    /**
     * @param always what every request to this model says
     * @param context tokens that prompt and answer may have together
     */
    CompletionJson(GenerationRequest request, JsonObject always, int context) {
        fields.putAll(always.fields());
        put("stream", true);
        put("cache_prompt", true);
        sampling(request.sampling(), context);
        format(request.responseFormat());
        for (JsonValue dialect : request.parameters().fields().values()) {
            if (dialect instanceof JsonObject sent) {
                fields.putAll(FurtherSampling.of(sent, context));
            }
        }
    }

    /** Asks for an answer. */
    String answer(int[] prompt, int slot, int maxTokens) {
        return json(prompt, prompt.length, slot, maxTokens, new JsonObject(fields));
    }

    /** Has the slot read the prompt's first tokens, and no more. */
    static String read(int[] prompt, int length, int slot, JsonObject always) {
        JsonObject fields = always.with("stream", true).with("cache_prompt", true);
        return json(prompt, length, slot, 0, fields);
    }

    private static String json(int[] prompt, int length, int slot, int most, JsonObject fields) {
        String others = fields.with("id_slot", slot).with("n_predict", most).toString();
        StringBuilder out = new StringBuilder(others.length() + 7 * length);
        out.append("{\"prompt\":[");
        for (int i = 0; i < length; i++) {
            out.append(i == 0 ? "" : ",").append(prompt[i]);
        }
        return out.append("],").append(others, 1, others.length()).toString();
    }

    private void sampling(Sampling sampling, int context) {
        within("temperature", sampling.temperature(), 0, 100);
        within("top_p", sampling.topP(), 0, 1);
        within("min_p", sampling.minP(), 0, 1);
        within("repeat_penalty", sampling.repeatPenalty(), 0.01, 100);
        within("presence_penalty", sampling.presencePenalty(), -100, 100);
        within("frequency_penalty", sampling.frequencyPenalty(), -100, 100);
        sampling.topK().ifPresent(k -> put("top_k", Math.max(0, k)));
        sampling.repeatLastN()
                .ifPresent(n -> put("repeat_last_n", n < 0 ? context : Math.min(n, context)));
        sampling.seed().ifPresent(seed -> put("seed", seed & SEEDS));
    }

    private void format(ResponseFormat format) {
        switch (format.kind()) {
            case "json" -> put("json_schema", JsonObject.of("type", "object"));
            case "json_schema" ->
                    put(
                            "json_schema",
                            format.schema()
                                    .map(SchemaForm::of)
                                    .orElseThrow(() ->
                                            BindingException.invalidRequest(
                                                    "a JSON schema was asked for and"
                                                            + " none given")));
            case "text" -> {}
            default ->
                    throw BindingException.unsupported(
                            "an answer can be text, json or json_schema, not " + format.kind());
        }
    }

    private void within(String name, OptionalDouble value, double min, double max) {
        if (value.isPresent()) {
            put(name, Range.checked(name, value.getAsDouble(), min, max));
        }
    }

    private void put(String name, Object value) {
        fields.put(name, JsonValue.of(value));
    }
}
