package dev.bindery.binding.minilm;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * The sentence transformer with its tokenizer: a text's vector is the mean of its tokens' vectors,
 * brought to length 1. Free for all threads.
 *
 * <p>Source: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
 */
final class SentenceModel {
    static final int DIMENSIONS = 384;

    /** The positions that the model knows, two of which the special tokens take. */
    static final int MOST_TOKENS = 510;

    private static final String FILES = "/all-minilm-l6-v2-q";
    private static final int SPECIAL_TOKENS = 2;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private SentenceModel(byte[] model, InputStream tokenizer) throws IOException, OrtException {
        this.session = environment.createSession(model);
        this.tokenizer =
                HuggingFaceTokenizer.newInstance(
                        tokenizer, Map.of("padding", "false", "truncation", "false"));
    }

    static SentenceModel load() throws IOException, OrtException {
        try (InputStream model = file(".onnx");
                InputStream tokenizer = file("-tokenizer.json")) {
            return new SentenceModel(model.readAllBytes(), tokenizer);
        }
    }

    private static InputStream file(String ending) throws IOException {
        InputStream found = SentenceModel.class.getResourceAsStream(FILES + ending);
        if (found == null) {
            throw new FileNotFoundException(FILES + ending + " is not in the jar");
        }
        return found;
    }

    /** The text's tokens between the two special ones. */
    long[] tokens(String text) {
        Encoding encoding = tokenizer.encode(text);
        return encoding.getIds();
    }

    /** How many of them are the text's own. */
    static int count(long[] tokens) {
        return tokens.length - SPECIAL_TOKENS;
    }

    /** The first tokens of a text that is too long, ended as any other. */
    static long[] cut(long[] tokens) {
        long[] kept = Arrays.copyOf(tokens, MOST_TOKENS + SPECIAL_TOKENS);
        kept[kept.length - 1] = tokens[tokens.length - 1];
        return kept;
    }

    float[] vector(long[] tokens) throws OrtException {
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {tokens});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, new long[1][tokens.length]);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            return normalized(sum(((float[][][]) result.get(0).getValue())[0]));
        }
    }

    private static float[] sum(float[][] vectors) {
        float[] sum = new float[DIMENSIONS];
        for (float[] vector : vectors) {
            for (int i = 0; i < DIMENSIONS; i++) {
                sum[i] += vector[i];
            }
        }
        return sum;
    }

    private static float[] normalized(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
