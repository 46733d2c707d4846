package dev.bindery.server.openai;

import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.Usage;
import dev.bindery.server.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Vectors in the order of their texts. */
final class EmbeddingAnswer {
    private static final Usage UNKNOWN = Usage.builder().build();

    private EmbeddingAnswer() {}

    static byte[] of(String model, EmbeddingResult result, boolean base64) {
        JsonText out = new JsonText();
        out.beginObject().field("object").text("list").field("data").beginArray();
        List<float[]> vectors = result.vectors();
        for (int i = 0; i < vectors.size(); i++) {
            out.beginObject().field("object").text("embedding").field("embedding");
            vector(vectors.get(i), base64, out);
            out.field("index").number(i).endObject();
        }
        out.endArray().field("model").text(model);
        usage(result.usage().orElse(UNKNOWN), out.field("usage"));
        return out.endObject().toBytes();
    }

    private static void vector(float[] vector, boolean base64, JsonText out) {
        if (base64) {
            out.text(Base64.getEncoder().encodeToString(littleEndian(vector)));
            return;
        }
        out.beginArray();
        for (float coordinate : vector) {
            out.number(coordinate);
        }
        out.endArray();
    }

    private static byte[] littleEndian(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private static void usage(Usage usage, JsonText out) {
        long tokens = usage.inputTokens().orElse(0);
        out.beginObject().field("prompt_tokens").number(tokens);
        out.field("total_tokens").number(tokens).endObject();
    }
}
