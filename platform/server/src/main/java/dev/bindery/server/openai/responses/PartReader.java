package dev.bindery.server.openai.responses;

import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.TextPart;
import dev.bindery.server.answer.DataUrls;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the content of an item. A kind that has no name here goes on as it came. */
final class PartReader {
    private static final String PDF = "application/pdf";

    private PartReader() {}

    static List<Part> parts(Element content) {
        if (content.isText()) {
            return List.of(TextPart.of(content.text()));
        }
        if (!content.isList()) {
            throw content.wrong("a string or a list of parts");
        }
        return content.list().stream().map(PartReader::part).toList();
    }

    private static Part part(Element element) {
        Fields part = element.object();
        String type = part.requiredText("type");
        return switch (type) {
            case "input_text", "output_text" -> TextPart.of(part.requiredText("text"));
            case "refusal" -> TextPart.of(part.requiredText("refusal"));
            case "input_image" ->
                    DataUrls.part(content(part, "image_url", null)).withDetail(part.text("detail"));
            case "input_file" ->
                    DataUrls.part(content(part, "file_data", "file_url"), PDF)
                            .withName(part.text("filename"));
            case "input_audio" -> audio(part.required("input_audio").object());
            default -> OpaquePart.of("openai", type, element.json());
        };
    }

    /**
     * @param other where it may be instead
     */
    private static Element content(Fields part, String field, @Nullable String other) {
        Element content = part.element(field);
        Element instead = other == null ? null : part.element(other);
        if (content == null && instead == null) {
            throw ResponseReader.unsupported(
                    part.name(field),
                    "this server keeps no files, so send the content as a data: URL, or its"
                            + " address");
        }
        return content == null ? Objects.requireNonNull(instead) : content;
    }

    private static MediaPart audio(Fields audio) {
        String format = audio.requiredText("format");
        String type = "audio/" + (format.equals("mp3") ? "mpeg" : format);
        return DataUrls.part(audio.required("data"), type);
    }
}
