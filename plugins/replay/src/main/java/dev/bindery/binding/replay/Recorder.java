package dev.bindery.binding.replay;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what is kept of a call that was asked of the target.
 *
 * @param everyError whether failures are kept that may be gone when the call is made again
 * @param complaints hears what cannot be kept; the answer is given all the same
 */
record Recorder(Library library, boolean everyError, Consumer<String> complaints) {
    /** They say nothing of the call: the asking was given up, or was not allowed. */
    private static final Set<ErrorCode> NEVER =
            Set.of(ErrorCode.CANCELLED, ErrorCode.NOT_CONFIGURED, ErrorCode.MODEL_NOT_FOUND);

    void answered(Question question, List<Blob> media, ArrayNode operations, JsonNode result) {
        ObjectNode content = content(question, operations);
        content.set("result", result);
        keep(question, media, content);
    }

    void failed(
            Question question, List<Blob> media, ArrayNode operations, BindingException failure) {
        boolean lasting = !failure.code().retriable();
        if ((lasting || everyError) && !NEVER.contains(failure.code())) {
            ObjectNode content = content(question, operations);
            content.set("error", ErrorForm.write(failure));
            keep(question, media, content);
        }
    }

    private void keep(Question question, List<Blob> media, ObjectNode content) {
        try {
            media.forEach(library.media()::keep);
            library.keep(question, content);
        } catch (IOException | UncheckedIOException e) {
            complaints.accept(
                    "an answer of %s was not recorded: %s".formatted(question.model(), e));
        }
    }

    private static ObjectNode content(Question question, ArrayNode operations) {
        ObjectNode content = Json.object().put("key", question.key());
        content.set("request", question.asked());
        if (!operations.isEmpty()) {
            content.set("operations", operations);
        }
        return content;
    }
}
