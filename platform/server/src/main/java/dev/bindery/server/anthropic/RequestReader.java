package dev.bindery.server.anthropic;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request for a message, or for its tokens, into the contract's form. */
final class RequestReader {
    static final String DIALECT = "anthropic";

    /** The name that the header's content has where this API's requests have no headers. */
    private static final String BETAS = "anthropic_beta";

    private static final List<String> SAID_TWICE = List.of("thinking", "output_config");

    private final JsonBody bodies;

    /**
     * @param bodies reads what was packed into a signature
     */
    RequestReader(JsonBody bodies) {
        this.bodies = bodies;
    }

    /** A message: here, and here alone, the client must say how long it may become. */
    GenerationRequest message(Fields body, List<String> betas) {
        body.required("max_tokens");
        return request(body, betas);
    }

    /**
     * A request that is to be counted and not answered.
     *
     * @param betas the beta features that the client switches on, in a header
     */
    GenerationRequest request(Fields body, List<String> betas) {
        refuse(body, "mcp_servers");
        refuse(body, "container");
        Fields output = body.object("output_config");
        GenerationRequest.Builder request =
                GenerationRequest.builder(
                                body.requiredText("model"),
                                Chat.of(new MessageReader(bodies).messages(body)))
                        .maxTokens(body.count("max_tokens", 1, Integer.MAX_VALUE))
                        .sampling(sampling(body))
                        .tools(ToolReader.tools(body))
                        .reasoning(ThinkingReader.read(body, output))
                        .responseFormat(format(body, output))
                        .streaming(body.isSet("stream"));
        ToolReader.choice(body, request);
        return request.parameters(parameters(body, betas)).build();
    }

    /**
     * What has no name in the contract; and how much to think, which has one, in the client's own
     * words too: a binding that speaks this API repeats them.
     */
    private static JsonObject parameters(Fields body, List<String> betas) {
        JsonObject own = body.restOf(DIALECT).object(DIALECT);
        for (String field : SAID_TWICE) {
            Element said = body.element(field);
            own = said == null ? own : own.with(field, said.json());
        }
        return JsonObject.of(DIALECT, betas.isEmpty() ? own : own.with(BETAS, betas));
    }

    private static Sampling sampling(Fields body) {
        return Sampling.builder()
                .temperature(body.number("temperature", 0, 1000))
                .topP(body.number("top_p", 0, 1))
                .topK(body.count("top_k", 0, Integer.MAX_VALUE))
                .stop(body.list("stop_sequences").stream().map(RequestReader::stop).toList())
                .build();
    }

    private static String stop(Element stop) {
        String text = stop.text();
        if (text.isEmpty()) {
            throw Refusal.invalid(stop.name(), "an empty text would end every answer at once");
        }
        return text;
    }

    private static ResponseFormat format(Fields body, @Nullable Fields output) {
        Element format = output == null ? null : output.element("format");
        Element older = body.element("output_format");
        Element chosen = format == null ? older : format;
        if (chosen == null) {
            return ResponseFormat.TEXT;
        }
        Fields fields = chosen.object();
        Element type = fields.required("type");
        if (!type.text().equals("json_schema")) {
            throw type.wrong("json_schema");
        }
        Element schema = fields.required("schema");
        schema.object();
        return ResponseFormat.jsonSchema("answer", (JsonObject) schema.json());
    }

    /** What runs at Anthropic itself; to leave it out silently would change the answer. */
    private static void refuse(Fields body, String field) {
        Element asked = body.element(field);
        boolean empty = asked == null || (asked.isList() && asked.list().isEmpty());
        if (!empty) {
            throw Unsupported.of(
                    field, "this server runs no tools itself; send tools that the client runs");
        }
    }
}
