package dev.bindery.server.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keys as they stand in their file: {@code {"keys":[{"name","sha256","models":[…],"created"}]}}.
 */
final class KeyText {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String HASH = "[0-9a-f]{64}";

    private KeyText() {}

    static byte[] of(List<ApiKey> keys) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode list = root.putArray("keys");
        for (ApiKey key : keys) {
            ObjectNode entry = list.addObject().put("name", key.name()).put("sha256", key.hash());
            key.models().forEach(entry.putArray("models")::add);
            key.created().ifPresent(at -> entry.put("created", at.toString()));
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    static List<ApiKey> parse(String text, Path file) throws IOException {
        try {
            List<ApiKey> keys = new ArrayList<>();
            JsonNode list = MAPPER.readTree(text).path("keys");
            if (!list.isArray()) {
                throw new IllegalArgumentException("there is no list named keys");
            }
            for (JsonNode key : list) {
                keys.add(key(key));
            }
            return keys;
        } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
            throw unfit(file, firstLine(e), e);
        }
    }

    static IOException unfit(Path file, String why, Exception cause) {
        return new IOException(
                ("%s does not hold API keys: %s. Repair it, or delete it and make new keys with"
                                + " 'bindery keys add'.")
                        .formatted(file, why),
                cause);
    }

    private static ApiKey key(JsonNode key) {
        String hash = key.path("sha256").asString("");
        if (!hash.matches(HASH)) {
            throw new IllegalArgumentException(
                    "a key's sha256 is 64 hexadecimal digits in lower case");
        }
        List<String> models = new ArrayList<>();
        key.path("models").forEach(model -> models.add(model.asString("")));
        return ApiKey.hashed(key.path("name").asString(""), hash, models, created(key));
    }

    private static @Nullable Instant created(JsonNode key) {
        JsonNode created = key.path("created");
        return created.isString() ? Instant.parse(created.stringValue()) : null;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
