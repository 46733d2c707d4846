package dev.bindery.host.protocol;

import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Text of the protocol: one JSON object on one line, in ASCII. Everything beyond ASCII is written
 * as an escape, so that lone surrogates in a text cross unharmed and no text can break a line.
 *
 * <p>May be used by any number of threads at once.
 */
public final class Wire {
    /** The version of the protocol that this code speaks. */
    public static final int VERSION = 1;

    /** The most bytes in one line, and in one body that is not a blob. */
    public static final int MAX_LINE = 64 << 20;

    private static final int MAX_NESTING = 1_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(constraints())
                                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                                    .build())
                    .build();

    private Wire() {}

    /** The object as one line, with its line feed. */
    public static byte[] line(JsonNode node) {
        byte[] text = MAPPER.writeValueAsBytes(node);
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }

    /**
     * Reads one JSON object, in UTF-8.
     *
     * @throws ProtocolException when it is none
     */
    public static WireReader read(byte[] text) {
        try {
            return WireReader.of(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw new ProtocolException("this is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING)
                .maxStringLength(MAX_LINE)
                .maxNameLength(MAX_LINE)
                .maxDocumentLength(MAX_LINE)
                .build();
    }
}
