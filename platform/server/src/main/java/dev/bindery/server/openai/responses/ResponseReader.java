package dev.bindery.server.openai.responses;

import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Reads a request for a response into the contract's form. */
final class ResponseReader {
    private static final String DIALECT = "openai";
    private static final String LOGPROBS = "message.output_text.logprobs";
    private static final int MOST_ALTERNATIVES = 20;

    private final JsonBody bodies;

    /**
     * @param bodies reads what was packed into a thought
     */
    ResponseReader(JsonBody bodies) {
        this.bodies = bodies;
    }

    Asked read(Fields body) {
        refuseWhatIsStored(body);
        Settings settings = new Settings();
        settings.value("metadata", body.element("metadata"), "{}");
        Fields text = body.object("text");
        GenerationRequest.Builder request =
                GenerationRequest.builder(
                                body.requiredText("model"),
                                Chat.of(new InputReader(bodies).messages(body, settings)))
                        .maxTokens(maxTokens(body, settings))
                        .sampling(sampling(body, settings))
                        .reasoning(reasoning(body, settings))
                        .responseFormat(format(text, settings))
                        .logprobs(logprobs(body))
                        .streaming(body.isSet("stream"));
        ToolReader.read(body, request, settings);
        request.parameters(parameters(body, text));
        return new Asked(request.build(), settings.toString());
    }

    private static void refuseWhatIsStored(Fields body) {
        for (String field : new String[] {"previous_response_id", "conversation", "prompt"}) {
            if (body.element(field) != null) {
                throw unsupported(field, "this server stores nothing; send the whole input");
            }
        }
        if (body.isSet("store")) {
            throw unsupported("store", "this server stores nothing; send false, or leave it out");
        }
        if (body.isSet("background")) {
            throw unsupported("background", "responses are made while the client waits");
        }
    }

    static Refusal unsupported(String field, String reason) {
        return Refusal.of(400, ErrorCode.UNSUPPORTED.name(), field + ": " + reason).about(field);
    }

    private static @Nullable Integer maxTokens(Fields body, Settings settings) {
        Integer most = body.count("max_output_tokens", 1, Integer.MAX_VALUE);
        settings.number("max_output_tokens", most);
        return most;
    }

    private static Sampling sampling(Fields body, Settings settings) {
        Double temperature = body.number("temperature", 0, 1000);
        Double topP = body.number("top_p", 0, 1);
        settings.number("temperature", temperature);
        settings.number("top_p", topP);
        return Sampling.builder().temperature(temperature).topP(topP).build();
    }

    private static @Nullable ReasoningOptions reasoning(Fields body, Settings settings) {
        Element reasoning = body.element("reasoning");
        settings.value("reasoning", reasoning, "{\"effort\":null,\"summary\":null}");
        String effort = reasoning == null ? null : reasoning.object().text("effort");
        return effort == null
                ? null
                : ReasoningOptions.builder().effort(new ReasoningEffort(effort)).build();
    }

    /** How many alternatives, for those who ask for log probabilities in either way. */
    private static @Nullable Integer logprobs(Fields body) {
        Integer alternatives = body.count("top_logprobs", 0, MOST_ALTERNATIVES);
        boolean included =
                body.list("include").stream().anyMatch(what -> what.text().equals(LOGPROBS));
        if (!included && (alternatives == null || alternatives == 0)) {
            return null;
        }
        return alternatives == null ? Integer.valueOf(0) : alternatives;
    }

    /** How wordy an answer shall be has another place in a chat. */
    private static JsonObject parameters(Fields body, @Nullable Fields text) {
        JsonObject all = body.restOf(DIALECT);
        String verbosity = text == null ? null : text.text("verbosity");
        return verbosity == null
                ? all
                : all.with(DIALECT, all.object(DIALECT).with("verbosity", verbosity));
    }

    private static ResponseFormat format(@Nullable Fields text, Settings settings) {
        Element format = text == null ? null : text.element("format");
        JsonText told = new JsonText().beginObject().field("format");
        told.value(format == null ? "{\"type\":\"text\"}" : format.jsonText());
        String verbosity = text == null ? null : text.text("verbosity");
        if (verbosity != null) {
            told.field("verbosity").text(verbosity);
        }
        told.endObject();
        settings.value("text", null, told.toString());
        if (format == null) {
            return ResponseFormat.TEXT;
        }
        Fields fields = format.object();
        Element type = fields.required("type");
        return switch (type.text()) {
            case "text" -> ResponseFormat.TEXT;
            case "json_object" -> ResponseFormat.JSON;
            case "json_schema" -> schema(fields);
            default -> throw type.wrong("text, json_object or json_schema");
        };
    }

    private static ResponseFormat schema(Fields format) {
        Element schema = format.required("schema");
        schema.object();
        return ResponseFormat.builder("json_schema")
                .name(format.requiredText("name"))
                .description(format.text("description"))
                .schema((JsonObject) schema.json())
                .strict(format.isSet("strict"))
                .build();
    }

    /**
     * @param request what is asked of the model
     * @param settings what the response repeats of it
     */
    record Asked(GenerationRequest request, String settings) {}
}
