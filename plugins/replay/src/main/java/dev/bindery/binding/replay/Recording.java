package dev.bindery.binding.replay;

import dev.bindery.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a call.
 *
 * @param file where it is
 * @param content {@code request}, {@code operations}, and {@code result} or {@code error}
 */
record Recording(Path file, JsonNode content) {
    /**
     * @throws UnreadableException when it is no recording
     */
    static Recording read(Path file) {
        try {
            JsonNode content = Json.parse(Files.readAllBytes(file));
            if (!content.path("request").isObject()
                    || content.has("result") == content.has("error")) {
                throw new UnreadableException(
                        "%s: expected an object with request, and either result or error"
                                .formatted(file));
            }
            return new Recording(file, content);
        } catch (JacksonException e) {
            throw new UnreadableException(
                    "%s is no JSON: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Question question(List<String> ignored) {
        return Question.of((ObjectNode) content.path("request"), ignored);
    }

    JsonNode operations() {
        return content.path("operations");
    }

    JsonNode result() {
        return content.path("result");
    }

    /**
     * @throws dev.bindery.api.BindingException when it ended in a failure
     */
    void throwIfFailed() {
        if (content.has("error")) {
            throw ErrorForm.read(content.path("error"));
        }
    }

    /** As text that people read and compare: lists have an item on each line. */
    byte[] bytes() {
        return (new Page(content) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
