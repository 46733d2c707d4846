package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A LoRA adapter that is laid over a model.
 *
 * @param scale how much of it; 1 for what it was trained to be
 */
record Adapter(Path file, float scale) {
    private static final Pattern SCALED = Pattern.compile("(.+)=(-?\\d{1,3}(?:\\.\\d{1,6})?)");

    /**
     * @param entry the setting: a file, or a file and its scale with = between
     */
    static Adapter of(String entry) {
        Matcher scaled = SCALED.matcher(entry);
        return scaled.matches()
                ? new Adapter(Path.of(scaled.group(1)), Float.parseFloat(scaled.group(2)))
                : new Adapter(Path.of(entry), 1);
    }

    /**
     * @return the bytes of its file
     * @throws BindingException NOT_CONFIGURED when it is none, or one for another kind of model
     */
    long checkedSize(GgufHeader model) {
        try {
            GgufHeader header = GgufHeader.of(file);
            if (!header.isAdapter()) {
                throw wrong("is no LoRA adapter in GGUF", null);
            }
            if (!header.architecture().equals(model.architecture())) {
                throw wrong(
                        "is for models of the architecture %s, and this one is %s; give such models an instance of their own"
                                .formatted(header.architecture(), model.architecture()),
                        null);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw wrong("cannot be read as an adapter: " + e.getMessage(), e);
        }
    }

    /**
     * What a request says of it. The library's own way of giving a scale when a model is loaded
     * does not get through to llama.cpp, nor does a second adapter.
     */
    JsonObject scaling() {
        return scale == 1
                ? JsonObject.EMPTY
                : JsonObject.of("lora", List.of(Map.of("id", 0, "scale", (double) scale)));
    }

    private BindingException wrong(String what, @Nullable Throwable cause) {
        return new BindingException(
                ErrorCode.NOT_CONFIGURED,
                "%s, in the setting lora, %s".formatted(file, what),
                cause);
    }
}
