package dev.bindery.server.openai.responses;

import dev.bindery.server.json.Element;
import dev.bindery.server.json.JsonText;
import org.jspecify.annotations.Nullable;

/** What a response repeats of its request, as fields of JSON text. For one thread. */
final class Settings {
    private final JsonText fields = new JsonText();

    Settings() {
        fields.field("background").flag(false).field("store").flag(false);
        fields.field("previous_response_id").nothing();
        fields.field("truncation").text("disabled");
    }

    void number(String field, @Nullable Number value) {
        fields.field(field);
        switch (value) {
            case null -> fields.nothing();
            case Integer whole -> fields.number(whole);
            default -> fields.number(value.doubleValue());
        }
    }

    void flag(String field, boolean value) {
        fields.field(field).flag(value);
    }

    /** The element as it came, or that JSON text where there is none. */
    void value(String field, @Nullable Element element, String otherwise) {
        fields.field(field).value(element == null ? otherwise : element.jsonText());
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
