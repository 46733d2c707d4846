package dev.bindery.binding.llamacpp;

import java.util.Locale;

/**
 * The memory that a model takes once it is loaded, told before that from what its file says. More
 * rather than less: buffers count in full, whether or not they are ever filled.
 *
 * @param weights bytes of its files, which the system maps and may share
 * @param context bytes of the keys and values of all its contexts
 * @param work bytes for the vocabulary, and for computing
 */
record MemoryNeed(long weights, long context, long work) {
    /** Bytes that llama.cpp keeps for each token and merge of a vocabulary; measured. */
    private static final long VOCABULARY_ENTRY = 400;

    /** Bytes that a context keeps for each token of the vocabulary: scores, and those sorted. */
    private static final long CHOICE = 32;

    /** Threads, the model's own description, what the allocator does not give back. */
    private static final long FIXED = 16L << 20;

    private static final long FLOAT = 4;

    /**
     * @param batch tokens that are computed at once
     * @param cells tokens of all contexts together
     * @param contexts how many there are
     */
    static MemoryNeed of(GgufHeader header, long weights, int batch, long cells, int contexts) {
        long context = header.bytesPerToken() * cells + header.bytesPerState() * contexts;
        long vocabulary = header.vocabularySize();
        long work =
                FIXED
                        + VOCABULARY_ENTRY * (vocabulary + header.mergeCount())
                        + CHOICE * vocabulary * contexts
                        + FLOAT * batch * header.floatsPerComputedToken(cells);
        return new MemoryNeed(weights, context, work);
    }

    long total() {
        return weights + context + work;
    }

    /** The number as people say it. */
    static String shown(long bytes) {
        return bytes < 1_000_000_000
                ? "%d MB".formatted(Math.round(bytes / 1e6))
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
