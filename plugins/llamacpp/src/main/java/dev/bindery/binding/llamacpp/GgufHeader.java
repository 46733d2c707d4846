package dev.bindery.binding.llamacpp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a model says of itself. */
final class GgufHeader {
    private static final int DEFAULT_CONTEXT = 2048;
    private static final int MEAN = 1;

    /** Tokenizers of the BPE kind that begin every text with a token of their own. */
    private static final Set<String> BPE_WITH_BEGINNING =
            Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "tekken", "chameleon");

    private final Map<String, Object> fields;

    private GgufHeader(Map<String, Object> fields) {
        this.fields = fields;
    }

    static GgufHeader of(InputStream in) throws IOException {
        return new GgufHeader(GgufReader.read(in));
    }

    static GgufHeader of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return of(in);
        }
    }

    String architecture() {
        return text("general.architecture").orElse("unknown");
    }

    /** Whether the file is no model itself but is laid over one. */
    boolean isAdapter() {
        return text("general.type").orElse("").equals("adapter")
                && text("adapter.type").orElse("").equals("lora");
    }

    /** Tokens that the model was trained for. */
    int trainedContext() {
        return number("context_length").orElse(DEFAULT_CONTEXT);
    }

    OptionalInt embeddingLength() {
        return number("embedding_length");
    }

    Optional<String> template() {
        return text("tokenizer.chat_template");
    }

    Optional<String> license() {
        return text("general.license");
    }

    Optional<String> sizeLabel() {
        return text("general.size_label");
    }

    /**
     * Whether the model itself says how the vectors of a text's tokens become one, in a way that
     * does not end the process: the mean does, in this version of llama.cpp, outside the BERT
     * family.
     */
    boolean hasSafePooling() {
        int type = number("pooling_type").orElse(0);
        return architecture().contains("bert") ? type > 0 : type > MEAN;
    }

    /** The number of tokens in its vocabulary. */
    int vocabularySize() {
        return whole("tokenizer.ggml.tokens").orElse(0);
    }

    /** The token that every prompt begins with, as llama.cpp decides it; absent for none. */
    OptionalInt beginning() {
        boolean used =
                fields.get("tokenizer.ggml.add_bos_token") instanceof Boolean said
                        ? said
                        : beginsByDefault();
        return used ? whole("tokenizer.ggml.bos_token_id") : OptionalInt.empty();
    }

    private boolean beginsByDefault() {
        return switch (text("tokenizer.ggml.model").orElse("")) {
            case "llama", "bert" -> true;
            case "gpt2" -> BPE_WITH_BEGINNING.contains(text("tokenizer.ggml.pre").orElse(""));
            default -> false;
        };
    }

    /** How many pairs of tokens the tokenizer knows to merge. */
    int mergeCount() {
        return whole("tokenizer.ggml.merges").orElse(0);
    }

    /** Bytes of the keys and values that one token of context takes, at 16 bits each. */
    long bytesPerToken() {
        long key = number("attention.key_length").orElse(headLength());
        long value = number("attention.value_length").orElse(headLength());
        long heads = 0;
        for (int layer = 0; layer < layers(); layer++) {
            heads += perLayer("attention.head_count_kv", layer).orElse(heads(layer));
        }
        return 2 * heads * (key + value);
    }

    /** Bytes that one context takes, however long, where layers remember a state instead. */
    long bytesPerState() {
        long embedding = embeddingLength().orElse(0);
        long inner = number("ssm.inner_size").orElse(0);
        long scan =
                inner
                        * (Math.max(0, number("ssm.conv_kernel").orElse(0) - 1)
                                + number("ssm.state_size").orElse(0));
        OptionalInt head = number("wkv.head_size");
        long shift = head.isPresent() ? number("token_shift_count").orElse(2) : 0;
        return 4L * layers() * (scan + embedding * (shift + head.orElse(0)));
    }

    /**
     * Numbers that computing one token keeps at the same time: the scores of the vocabulary or the
     * attention of one layer's heads to all of the context, whichever is more, the mask, and what
     * goes through a layer.
     *
     * @param cells tokens of all contexts together
     */
    long floatsPerComputedToken(long cells) {
        long through =
                4L * embeddingLength().orElse(0)
                        + 2L
                                * perLayer("feed_forward_length", 0).orElse(0)
                                * Math.max(1, number("expert_used_count").orElse(1));
        return Math.max(vocabularySize(), heads(0) * cells) + cells + through;
    }

    private int layers() {
        return number("block_count").orElse(0);
    }

    private int heads(int layer) {
        return perLayer("attention.head_count", layer).orElse(1);
    }

    private int headLength() {
        return embeddingLength().orElse(0) / Math.max(1, heads(0));
    }

    /** A number that is one for all layers, or a list with one for each. */
    private OptionalInt perLayer(String name, int layer) {
        Object value = fields.get(architecture() + "." + name);
        return value instanceof List<?> list
                ? layer < list.size() && list.get(layer) instanceof Long number
                        ? OptionalInt.of(number.intValue())
                        : OptionalInt.empty()
                : number(name);
    }

    private OptionalInt number(String name) {
        return whole(architecture() + "." + name);
    }

    private OptionalInt whole(String name) {
        return fields.get(name) instanceof Long number && number == number.intValue()
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    private Optional<String> text(String name) {
        return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
