package dev.bindery.server.json;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON text that others wrote, put on one line so that it can stand inside a frame. */
public final class CompactJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private CompactJson() {}

    /** The object without the white space around its parts; empty for what is no JSON object. */
    public static Optional<String> object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isObject()
                    ? Optional.of(MAPPER.writeValueAsString(node))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
