package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.Candidate;
import dev.bindery.api.MediaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What a model has made beside text. An address has no place in an answer; the bytes have. */
public final class AnswerMedia {
    private AnswerMedia() {}

    public static List<MediaPart> of(Candidate answer) {
        return answer.parts().stream()
                .filter(MediaPart.class::isInstance)
                .map(MediaPart.class::cast)
                .filter(media -> media.blob().isPresent())
                .toList();
    }

    /** Those that are images, as {@code data:} URLs. */
    public static List<String> imageUrls(Candidate answer) {
        return of(answer).stream()
                .flatMap(media -> media.blob().stream())
                .filter(blob -> blob.mediaType().startsWith("image/"))
                .map(blob -> "data:" + blob.mediaType() + ";base64," + base64(blob))
                .toList();
    }

    /** The part's bytes; empty for an address. */
    public static Stream<String> base64(MediaPart media) {
        return media.blob().map(AnswerMedia::base64).stream();
    }

    private static String base64(Blob blob) {
        try {
            return Base64.getEncoder().encodeToString(blob.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
