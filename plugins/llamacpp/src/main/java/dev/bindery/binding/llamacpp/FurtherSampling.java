package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What clients may send beyond the contract's fields, under llama.cpp's own names. Values that
 * would make llama.cpp end the process, or loop, are refused here.
 */
final class FurtherSampling {
    private static final double MOST = 1e6;
    private static final int MOST_BIASES = 10_000;
    private static final Set<String> SAMPLERS =
            Set.of("dry", "top_k", "typ_p", "top_p", "min_p", "xtc", "temperature", "penalties");

    private final Map<String, JsonValue> fields = new LinkedHashMap<>();
    private final JsonObject sent;
    private final int context;

    private FurtherSampling(JsonObject sent, int context) {
        this.sent = sent;
        this.context = context;
    }

    /**
     * @param sent the fields of one dialect
     * @param context tokens that prompt and answer may have together
     */
    static Map<String, JsonValue> of(JsonObject sent, int context) {
        FurtherSampling sampling = new FurtherSampling(sent, context);
        sampling.read();
        return sampling.fields;
    }

    private void read() {
        sent.flag("ignore_eos").ifPresent(flag -> put("ignore_eos", flag));
        number("typical_p", 0, 1);
        number("mirostat_tau", 0, MOST);
        number("mirostat_eta", 0, MOST);
        number("dynatemp_range", 0, 100);
        number("dynatemp_exponent", 0, 100);
        number("xtc_probability", 0, 1);
        number("xtc_threshold", 0, 1);
        number("dry_multiplier", 0, 100);
        number("dry_base", 1, 100);
        whole("mirostat", 0, 2);
        whole("min_keep", 0, context);
        whole("dry_allowed_length", 0, context);
        whole("dry_penalty_last_n", 0, context);
        sent.field("dry_sequence_breakers").ifPresent(this::breakers);
        sent.field("samplers").ifPresent(this::samplers);
        sent.field("grammar").ifPresent(FurtherSampling::grammar);
        sent.field("logit_bias").ifPresent(this::biases);
    }

    /** This version of llama.cpp answers without any grammar where it cannot read the one given. */
    private static void grammar(JsonValue value) {
        if (!(value instanceof JsonNull) && !value.equals(JsonValue.of(""))) {
            throw BindingException.unsupported(
                    "a grammar of the client's own is not taken here; describe the answer by a JSON schema");
        }
    }

    private void breakers(JsonValue value) {
        List<String> texts = texts("dry_sequence_breakers", value);
        if (texts.isEmpty() || texts.contains("")) {
            throw wrong("dry_sequence_breakers", "a list of texts, none of them empty", value);
        }
        put("dry_sequence_breakers", value);
    }

    private void samplers(JsonValue value) {
        List<String> names = texts("samplers", value);
        if (!SAMPLERS.containsAll(names)) {
            throw wrong("samplers", "a list of some of " + String.join(", ", SAMPLERS), value);
        }
        put("samplers", value);
    }

    private static List<String> texts(String name, JsonValue value) {
        if (value instanceof JsonArray list
                && list.items().stream().allMatch(JsonString.class::isInstance)) {
            return list.items().stream().map(item -> ((JsonString) item).value()).toList();
        }
        throw wrong(name, "a list of texts", value);
    }

    /** OpenAI's object of token and bias, or llama.cpp's pairs of token or text, and bias. */
    private void biases(JsonValue value) {
        List<JsonArray> pairs = new ArrayList<>();
        switch (value) {
            case JsonObject object ->
                    object.fields()
                            .forEach((token, bias) ->
                                    pairs.add(new JsonArray(List.of(token(token), bias))));
            case JsonArray array ->
                    array.items()
                            .forEach(item -> {
                                if (item instanceof JsonArray pair) {
                                    pairs.add(pair);
                                }
                            });
            default -> pairs.add(JsonArray.EMPTY);
        }
        boolean all = !(value instanceof JsonArray array) || array.items().size() == pairs.size();
        if (!all || pairs.size() > MOST_BIASES || !pairs.stream().allMatch(this::isBias)) {
            throw wrong(
                    "logit_bias",
                    "an object of tokens and numbers, or a list of pairs of a token or text and a number or false",
                    value);
        }
        put("logit_bias", new JsonArray(pairs));
    }

    private static JsonValue token(String key) {
        try {
            return JsonValue.of(Long.parseLong(key));
        } catch (NumberFormatException _) {
            return JsonValue.of(null);
        }
    }

    private boolean isBias(JsonArray pair) {
        if (pair.items().size() != 2) {
            return false;
        }
        JsonObject both = JsonObject.of("token", pair.items().get(0), "bias", pair.items().get(1));
        OptionalLong token = both.whole("token");
        OptionalDouble bias = both.number("bias");
        boolean known = token.isPresent() || both.text("token").isPresent();
        boolean banned = pair.items().get(1) instanceof JsonBoolean flag && !flag.value();
        boolean number = bias.isPresent() && Math.abs(bias.getAsDouble()) <= MOST;
        return known && (banned || number);
    }

    private void number(String name, double min, double max) {
        OptionalDouble value = sent.number(name);
        if (value.isPresent()) {
            put(name, Range.checked(name, value.getAsDouble(), min, max));
        }
    }

    private void whole(String name, long min, long max) {
        OptionalLong value = sent.whole(name);
        if (value.isPresent()) {
            put(name, Range.checkedWhole(name, value.getAsLong(), min, max));
        }
    }

    private void put(String name, Object value) {
        fields.put(name, JsonValue.of(value));
    }

    private static BindingException wrong(String name, String expected, JsonValue found) {
        String shown = found.toString();
        return BindingException.invalidRequest(
                "%s must be %s; found %s"
                        .formatted(
                                name, expected, shown.substring(0, Math.min(80, shown.length()))));
    }
}
