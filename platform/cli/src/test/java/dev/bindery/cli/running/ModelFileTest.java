package dev.bindery.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final String SHA256_OF_MODEL =
            "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4";

    @TempDir Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("cached.gguf"), content);
    }

    @Test
    void theRightFileIsPutWhereTheModelBelongsAndStaysWhereItWas() throws IOException {
        Path cached = file("model");
        Path target = folder.resolve("home/models/llamacpp/small.gguf");

        assertThat(new ModelFile(cached).placeAt(target, SHA256_OF_MODEL)).isTrue();

        assertThat(target).hasContent("model");
        assertThat(target.getParent()).isDirectoryContaining(file -> file.equals(target));
        assertThat(target.getParent().toFile().list()).hasSize(1);
        Files.delete(target);
        assertThat(cached).hasContent("model");
    }

    @Test
    void anotherFileIsLeftAlone() throws IOException {
        Path target = folder.resolve("models/small.gguf");

        assertThat(new ModelFile(file("another")).placeAt(target, SHA256_OF_MODEL)).isFalse();
        assertThat(new ModelFile(folder.resolve("none")).placeAt(target, SHA256_OF_MODEL))
                .isFalse();
        assertThat(new ModelFile(folder).placeAt(target, SHA256_OF_MODEL)).isFalse();

        assertThat(target).doesNotExist();
    }
}
