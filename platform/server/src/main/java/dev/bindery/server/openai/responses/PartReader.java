package dev.bindery.server.openai.responses;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.TextPart;
import dev.bindery.server.answer.DataUrls;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;

/** Reads the content of an item. A kind that has no name here goes on as it came. */
final class PartReader {
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
                    MediaPart.of(DataUrls.blob(content(part, "image_url")))
                            .withDetail(part.text("detail"));
            case "input_file" ->
                    MediaPart.of(file(content(part, "file_data"))).withName(part.text("filename"));
            case "input_audio" -> audio(part.required("input_audio").object());
            default -> OpaquePart.of("openai", type, element.json());
        };
    }

    private static Element content(Fields part, String field) {
        Element content = part.element(field);
        if (content == null) {
            throw ResponseReader.unsupported(
                    part.name(field),
                    "this server keeps and fetches no files, so send the content as a data: URL");
        }
        return content;
    }

    private static Blob file(Element data) {
        return data.text().startsWith("data:")
                ? DataUrls.blob(data)
                : DataUrls.base64(data, "application/pdf");
    }

    private static MediaPart audio(Fields audio) {
        String format = audio.requiredText("format");
        String type = "audio/" + (format.equals("mp3") ? "mpeg" : format);
        return MediaPart.of(DataUrls.base64(audio.required("data"), type));
    }
}
