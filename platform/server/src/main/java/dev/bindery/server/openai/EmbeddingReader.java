package dev.bindery.server.openai;

import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;

/** Reads an embeddings request into the contract's form. */
final class EmbeddingReader {
    private static final int MOST_DIMENSIONS = 1 << 20;

    private EmbeddingReader() {}

    /**
     * @param most the most texts of one request
     */
    static Asked read(Fields body, int most) {
        String model = body.requiredText("model");
        List<EmbeddingInput> inputs =
                TextInputs.read(
                        body.required("input"), most, EmbeddingInput::of, EmbeddingInput::ofTokens);
        Integer dimensions = body.count("dimensions", 1, MOST_DIMENSIONS);
        boolean base64 = base64(body);
        EmbeddingRequest request =
                EmbeddingRequest.builder(model, inputs)
                        .dimensions(dimensions)
                        .parameters(body.restOf("openai"))
                        .build();
        return new Asked(request, base64);
    }

    private static boolean base64(Fields body) {
        Element format = body.element("encoding_format");
        if (format == null) {
            return false;
        }
        return switch (format.text()) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw format.wrong("float or base64");
        };
    }

    /**
     * @param request what is asked of the model
     * @param base64 whether vectors are to be sent as bytes
     */
    record Asked(EmbeddingRequest request, boolean base64) {}
}
