package dev.bindery.server.ollama;

import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Reads what chat and generate have in common. */
final class RequestParts {
    private static final int MOST_ALTERNATIVES = 20;

    private RequestParts() {}

    /** A request with all that does not depend on the kind of its input, parameters excepted. */
    static GenerationRequest.Builder read(
            Fields body, Options options, AskedModel model, GenerationInput input) {
        return GenerationRequest.builder(model.name(), input)
                .sampling(options.sampling())
                .maxTokens(options.maxTokens())
                .logprobs(logprobs(body))
                .responseFormat(format(body.element("format")))
                .reasoning(reasoning(body.element("think"), model))
                .keepAlive(KeepAlive.read(body))
                .streaming(isStreamed(body));
    }

    /** Streams are what these clients get unless they say no. */
    static boolean isStreamed(Fields body) {
        return !Boolean.FALSE.equals(body.flag("stream"));
    }

    private static @Nullable Integer logprobs(Fields body) {
        Integer alternatives = body.count("top_logprobs", 0, MOST_ALTERNATIVES);
        if (!body.isSet("logprobs")) {
            return null;
        }
        return alternatives == null ? Integer.valueOf(0) : alternatives;
    }

    private static ResponseFormat format(@Nullable Element format) {
        if (format == null || (format.isText() && format.text().isEmpty())) {
            return ResponseFormat.TEXT;
        }
        if (format.isText() && format.text().equals("json")) {
            return ResponseFormat.JSON;
        }
        if (!format.isObject()) {
            String quoted = new JsonText().text(format.json().toString()).toString();
            throw Refusal.invalid(
                            "invalid format: %s; expected \"json\" or a valid JSON Schema object"
                                    .formatted(quoted))
                    .about("format");
        }
        return ResponseFormat.jsonSchema("answer", (JsonObject) format.json());
    }

    private static @Nullable ReasoningOptions reasoning(@Nullable Element think, AskedModel model) {
        if (think == null) {
            return null;
        }
        ReasoningOptions wanted = think.isFlag() ? flag(think.flag()) : level(think);
        boolean none = wanted.effort().filter(ReasoningEffort.NONE::equals).isPresent();
        if (model.can(Capability.REASONING)) {
            return wanted;
        }
        if (!none) {
            throw Refusal.of(
                            400,
                            ErrorCode.UNSUPPORTED.name(),
                            "\"%s\" does not support thinking".formatted(model.shown()))
                    .about("think");
        }
        return null;
    }

    private static ReasoningOptions flag(boolean think) {
        ReasoningOptions.Builder options = ReasoningOptions.builder();
        return think ? options.build() : options.effort(ReasoningEffort.NONE).build();
    }

    private static ReasoningOptions level(Element think) {
        String level = think.isText() ? think.text() : "";
        return switch (level) {
            case "low", "medium", "high", "max" ->
                    ReasoningOptions.builder().effort(new ReasoningEffort(level)).build();
            // Clients know it by these words, and ask again with true.
            default ->
                    throw Refusal.invalid(
                                    "invalid think value: %s (must be \"high\", \"medium\", \"low\", \"max\", true, or false)"
                                            .formatted(think.jsonText()))
                            .about("think");
        };
    }
}
