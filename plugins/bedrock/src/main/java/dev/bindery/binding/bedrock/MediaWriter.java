package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import dev.bindery.http.MediaData;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Writes images and documents as content blocks. */
final class MediaWriter {
    private static final Map<String, String> DOCUMENTS =
            Map.of(
                    "application/pdf",
                    "pdf",
                    "text/csv",
                    "csv",
                    "application/msword",
                    "doc",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "docx",
                    "application/vnd.ms-excel",
                    "xls",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "xlsx",
                    "text/html",
                    "html",
                    "text/markdown",
                    "md",
                    "text/plain",
                    "txt",
                    "application/json",
                    "txt");

    private final ImageLimit imageLimit;
    private int documents;

    MediaWriter(ImageLimit imageLimit) {
        this.imageLimit = imageLimit;
    }

    ObjectNode write(MediaPart media) {
        Blob blob =
                media.blob()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "an image or document by its address; Bedrock takes bytes only"));
        ObjectNode block = Json.object();
        if (MediaData.kind(blob).equals("image")) {
            Blob image = imageLimit.apply(blob);
            String format = MediaData.type(image).substring("image/".length());
            bytes(
                    block.putObject("image").put("format", format.equals("jpg") ? "jpeg" : format),
                    image);
            return block;
        }
        String format = DOCUMENTS.get(MediaData.type(blob));
        if (format == null) {
            throw BindingException.unsupported(
                    "%s: Bedrock takes images, PDF, Office, HTML, Markdown, CSV and plain text"
                            .formatted(MediaData.type(blob)));
        }
        bytes(block.putObject("document").put("format", format).put("name", name(media)), blob);
        return block;
    }

    private static void bytes(ObjectNode holder, Blob blob) {
        holder.putObject("source").put("bytes", MediaData.base64(blob));
    }

    /** Letters, digits, single spaces, hyphens and brackets; each name once in a conversation. */
    private String name(MediaPart media) {
        documents++;
        String given =
                media.name().orElse("document").replaceAll("[^A-Za-z0-9\\-()\\[\\]]+", " ").strip();
        String name =
                given.isEmpty() ? "document" : given.substring(0, Math.min(150, given.length()));
        return documents == 1 ? name : name + " (" + documents + ")";
    }
}
