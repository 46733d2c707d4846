package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Part;
import dev.bindery.api.TextPart;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Text, with what it cites. */
final class TextBlock implements Block {
    private static final String DIALECT = "dialect";

    private final GenerationCallback out;
    private final JsonObject about;
    private final WellFormedText pieces = new WellFormedText();
    private final StringBuilder text = new StringBuilder();
    private final List<JsonValue> citations = new ArrayList<>();

    /**
     * @param about what is told with all that is told of it
     */
    TextBlock(GenerationCallback out, JsonObject about) {
        this.out = out;
        this.about = about;
    }

    @Override
    public boolean begin(JsonNode block) {
        return add(pieces.take(Json.text(block, "text")))
                && block.path("citations").valueStream().allMatch(this::cite);
    }

    @Override
    public boolean delta(JsonNode delta) {
        return switch (Json.text(delta, "type")) {
            case "text_delta" -> add(pieces.take(Json.text(delta, "text")));
            case "citations_delta" -> cite(delta.path("citation"));
            default -> true;
        };
    }

    @Override
    public boolean end() {
        return add(pieces.rest());
    }

    @Override
    public Optional<Part> part() {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        TextPart said = TextPart.of(text.toString());
        return Optional.of(
                citations.isEmpty()
                        ? said
                        : said.withProviderData(
                                JsonObject.of(
                                        MessageBody.DIALECT,
                                        JsonObject.of("citations", new JsonArray(citations)))));
    }

    private boolean add(String piece) {
        if (piece.isEmpty()) {
            return true;
        }
        boolean goOn = out.on(Operation.chunk(piece).withMetadata(about));
        if (goOn) {
            text.append(piece);
        }
        return goOn;
    }

    private boolean cite(JsonNode citation) {
        JsonValue told = Json.value(citation);
        citations.add(told);
        String reference =
                "[%s](%s)"
                        .formatted(
                                first(citation, "title", "document_title", "cited_text"),
                                first(citation, "url", "source", "file_id"));
        return out.on(
                Operation.of(OperationType.REF, reference)
                        .withMetadata(
                                about.with("citation", told).with(DIALECT, MessageBody.DIALECT)));
    }

    private static String first(JsonNode citation, String... fields) {
        return Stream.of(fields)
                .map(field -> Json.text(citation, field))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }
}
