package dev.bindery.server.ollama;

import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Sampling;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object {@code options} of a request. What the contract has fields for is read into them; the
 * rest goes on to the binding as it came, since a binding takes only what it knows.
 */
final class Options {
    private static final String WHOLE = "int";
    private static final String REAL = "float32";
    private static final String FLAG = "bool";

    /** What Ollama checks the kind of, and only an engine can honour. */
    private static final Map<String, String> FOR_ENGINES =
            Map.ofEntries(
                    Map.entry("num_keep", WHOLE),
                    Map.entry("num_ctx", WHOLE),
                    Map.entry("num_batch", WHOLE),
                    Map.entry("num_gpu", WHOLE),
                    Map.entry("main_gpu", WHOLE),
                    Map.entry("num_thread", WHOLE),
                    Map.entry("mirostat", WHOLE),
                    Map.entry("mirostat_tau", REAL),
                    Map.entry("mirostat_eta", REAL),
                    Map.entry("typical_p", REAL),
                    Map.entry("tfs_z", REAL),
                    Map.entry("penalize_newline", FLAG),
                    Map.entry("use_mmap", FLAG),
                    Map.entry("use_mlock", FLAG),
                    Map.entry("numa", FLAG));

    private final @Nullable Fields fields;

    private Options(@Nullable Fields fields) {
        this.fields = fields;
    }

    static Options of(Fields body) {
        return new Options(body.object("options"));
    }

    /** The most tokens of the answer; absent for as many as the model likes. */
    @Nullable Integer maxTokens() {
        Integer most = whole("num_predict");
        return most == null || most <= 0 ? null : most;
    }

    Sampling sampling() {
        Integer seed = whole("seed");
        return Sampling.builder()
                .temperature(real("temperature"))
                .topP(real("top_p"))
                .topK(whole("top_k"))
                .minP(real("min_p"))
                .repeatPenalty(real("repeat_penalty"))
                .repeatLastN(whole("repeat_last_n"))
                .presencePenalty(real("presence_penalty"))
                .frequencyPenalty(real("frequency_penalty"))
                .seed(seed == null || seed < 0 ? null : Long.valueOf(seed))
                .stop(stop())
                .build();
    }

    /** What no other method has read, and what stands beside the options. */
    JsonObject parameters(Fields body) {
        JsonObject all = body.rest();
        if (fields != null) {
            for (Map.Entry<String, JsonValue> option : fields.rest().fields().entrySet()) {
                check(option.getKey(), option.getValue());
                all = all.with(option.getKey(), option.getValue());
            }
        }
        return wrapped(all);
    }

    private static JsonObject wrapped(JsonObject all) {
        try {
            return JsonObject.of("ollama", all);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void check(String name, JsonValue value) {
        boolean number = value instanceof JsonLong || value instanceof JsonDouble;
        boolean fits =
                switch (FOR_ENGINES.getOrDefault(name, "")) {
                    case WHOLE, REAL -> number;
                    case FLAG -> value instanceof JsonBoolean;
                    default -> true;
                };
        if (!fits) {
            throw wrong(name, FOR_ENGINES.get(name));
        }
    }

    private @Nullable Element option(String name) {
        return fields == null ? null : fields.element(name);
    }

    /** A fraction is cut off, as Ollama does. */
    private @Nullable Integer whole(String name) {
        Element option = option(name);
        if (option == null) {
            return null;
        }
        if (!option.isNumber()) {
            throw wrong(name, WHOLE);
        }
        return (int) option.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private @Nullable Double real(String name) {
        Element option = option(name);
        if (option == null) {
            return null;
        }
        if (!option.isNumber()) {
            throw wrong(name, REAL);
        }
        return option.number(-Float.MAX_VALUE, Float.MAX_VALUE);
    }

    private List<String> stop() {
        Element stop = option("stop");
        if (stop == null) {
            return List.of();
        }
        if (stop.isText()) {
            return List.of(notEmpty(stop));
        }
        if (!stop.isList()) {
            throw wrong("stop", "array");
        }
        return stop.list().stream().map(Options::notEmpty).toList();
    }

    private static String notEmpty(Element stop) {
        String text = stop.text();
        if (text.isEmpty()) {
            throw Refusal.invalid(stop.name(), "an empty text would end every answer at once");
        }
        return text;
    }

    private static Refusal wrong(String name, @Nullable String type) {
        return Refusal.invalid("option \"%s\" must be of type %s".formatted(name, type))
                .about("options." + name);
    }
}
