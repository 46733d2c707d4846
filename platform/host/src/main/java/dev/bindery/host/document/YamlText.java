package dev.bindery.host.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what people have written, and no more of it than can be a document. */
public final class YamlText {
    /** No character takes more of them. */
    private static final int BYTES_OF_CHARACTER = 4;

    private static final int MOST = YamlDocument.MAX_CHARACTERS * BYTES_OF_CHARACTER;

    private YamlText() {}

    /**
     * @param called what errors call the file
     * @throws DocumentException when it is far too long, or no text
     */
    public static String read(String called, Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST + 1);
        }
        if (bytes.length > MOST) {
            throw new DocumentException(
                    "%s: more than %d bytes; at most %d characters are allowed"
                            .formatted(called, MOST, YamlDocument.MAX_CHARACTERS));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new DocumentException(
                    "%s, line %d: not UTF-8; save the file with that encoding"
                            .formatted(called, lineOfFault(bytes)));
        }
    }

    private static long lineOfFault(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        var _ = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        return 1 + out.flip().chars().filter(character -> character == '\n').count();
    }
}
