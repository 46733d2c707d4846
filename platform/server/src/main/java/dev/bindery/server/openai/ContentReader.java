package dev.bindery.server.openai;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.TextPart;
import dev.bindery.server.answer.CacheControl;
import dev.bindery.server.answer.DataUrls;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;

/** Reads one part of a message's content. A kind that has no name here goes on as it came. */
final class ContentReader {
    private static final String PDF = "application/pdf";

    private ContentReader() {}

    static Part part(Element element) {
        Fields part = element.object();
        String type = part.requiredText("type");
        Part read = read(type, part, element);
        return read instanceof OpaquePart ? read : read.withCacheHint(CacheControl.read(part));
    }

    private static Part read(String type, Fields part, Element element) {
        return switch (type) {
            case "text" -> TextPart.of(part.requiredText("text"));
            case "refusal" -> TextPart.of(part.requiredText("refusal"));
            case "image_url" -> image(part.required("image_url"));
            case "input_audio" -> audio(part.required("input_audio").object());
            case "file" -> file(part.required("file").object());
            default -> OpaquePart.of("openai", type, element.json());
        };
    }

    /** Some clients send the address alone. */
    private static MediaPart image(Element image) {
        if (image.isText()) {
            return DataUrls.part(image);
        }
        Fields fields = image.object();
        return DataUrls.part(fields.required("url")).withDetail(fields.text("detail"));
    }

    private static MediaPart audio(Fields audio) {
        String format = audio.requiredText("format");
        String type = "audio/" + (format.equals("mp3") ? "mpeg" : format);
        return DataUrls.part(audio.required("data"), type);
    }

    private static MediaPart file(Fields file) {
        Element data = file.element("file_data");
        if (data == null) {
            throw Refusal.of(
                            400,
                            ErrorCode.UNSUPPORTED.name(),
                            file.name("file_data")
                                    + " is required: this server keeps no files, so send the"
                                    + " content as a data: URL, or its address")
                    .about(file.name("file_data"));
        }
        return DataUrls.part(data, PDF).withName(file.text("filename"));
    }
}
