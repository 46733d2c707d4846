package dev.bindery.server.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Tells media by their first bytes. */
public final class MediaBeginnings {
    private static final int ENOUGH = 12;
    private static final Map<String, String> TYPES =
            Map.of(
                    "\u0089PNG", "image/png",
                    "\u00ff\u00d8\u00ff", "image/jpeg",
                    "GIF8", "image/gif",
                    "BM", "image/bmp",
                    "%PDF-", "application/pdf",
                    "OggS", "audio/ogg",
                    "fLaC", "audio/flac",
                    "ID3", "audio/mpeg");

    private MediaBeginnings() {}

    /** The media type of what begins with these bytes; absent when they are of no kind known. */
    public static Optional<String> type(byte[] bytes) {
        int length = Math.min(ENOUGH, bytes.length);
        String head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return Optional.of("image/webp");
        }
        if (head.startsWith("RIFF") && head.endsWith("WAVE")) {
            return Optional.of("audio/wav");
        }
        return TYPES.entrySet().stream()
                .filter(beginning -> head.startsWith(beginning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
