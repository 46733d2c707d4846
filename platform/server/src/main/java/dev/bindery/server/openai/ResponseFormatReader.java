package dev.bindery.server.openai;

import dev.bindery.api.ResponseFormat;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;

/** Reads the form that an answer must have. */
final class ResponseFormatReader {
    private ResponseFormatReader() {}

    static ResponseFormat read(Fields body) {
        Fields format = body.object("response_format");
        if (format == null) {
            return ResponseFormat.TEXT;
        }
        Element type = format.required("type");
        return switch (type.text()) {
            case "text" -> ResponseFormat.TEXT;
            case "json_object" -> ResponseFormat.JSON;
            case "json_schema" -> schema(format.required("json_schema").object());
            default -> throw type.wrong("text, json_object or json_schema");
        };
    }

    private static ResponseFormat schema(Fields schema) {
        return ResponseFormat.builder("json_schema")
                .name(schema.requiredText("name"))
                .description(schema.text("description"))
                .schema(ToolReader.schema(schema.required("schema")))
                .strict(schema.isSet("strict"))
                .build();
    }
}
