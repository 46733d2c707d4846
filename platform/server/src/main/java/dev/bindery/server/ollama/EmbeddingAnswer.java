package dev.bindery.server.ollama;

import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.Usage;
import dev.bindery.server.json.JsonText;
import java.util.OptionalLong;

/** Vectors in the order of their texts. */
final class EmbeddingAnswer {
    private EmbeddingAnswer() {}

    /** Vectors of length one, whatever the binding's length is. */
    static byte[] of(String model, EmbeddingResult result, long started) {
        JsonText out = open(model);
        result.vectors().forEach(vector -> write(vector, length(vector), out));
        out.endArray().field("total_duration").number(System.nanoTime() - started);
        OptionalLong tokens = result.usage().map(Usage::inputTokens).orElse(OptionalLong.empty());
        AnswerHead.count("prompt_eval_count", tokens, out);
        return out.endObject().toBytes();
    }

    /** The answer where there was nothing to embed. */
    static byte[] nothing(String model) {
        return open(model).endArray().endObject().toBytes();
    }

    /** The older form: one vector as the binding returned it. */
    static byte[] one(float[] vector) {
        JsonText out = new JsonText().beginObject().field("embedding");
        write(vector, 1, out);
        return out.endObject().toBytes();
    }

    private static JsonText open(String model) {
        JsonText out = new JsonText().beginObject().field("model").text(model);
        return out.field("embeddings").beginArray();
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float coordinate : vector) {
            squares += (double) coordinate * coordinate;
        }
        return squares == 0 ? 1 : Math.sqrt(squares);
    }

    private static void write(float[] vector, double length, JsonText out) {
        out.beginArray();
        for (float coordinate : vector) {
            out.number((float) (coordinate / length));
        }
        out.endArray();
    }
}
