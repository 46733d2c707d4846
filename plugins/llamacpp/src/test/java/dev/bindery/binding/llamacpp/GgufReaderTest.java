package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GgufReaderTest {
    private final ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void valuesOfAllKindsAreRead() throws IOException {
        header(6);
        text("name").putInt(8);
        text("a model");
        text("layers").putInt(4).putInt(12);
        text("bos").putInt(7).put((byte) 1);
        text("tokens").putInt(9).putInt(8).putLong(2);
        text("one");
        text("two");
        text("heads").putInt(9).putInt(4).putLong(2).putInt(3).putInt(0);
        text("scale").putInt(6).putFloat(0.5f);
        assertThat(read())
                .isEqualTo(
                        Map.of(
                                "name",
                                "a model",
                                "layers",
                                12L,
                                "bos",
                                true,
                                "tokens",
                                2L,
                                "heads",
                                List.of(3L, 0L),
                                "scale",
                                0.5));
    }

    @Test
    void whatIsNoModelIsRefused() {
        file.put("<!doctype html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("GGUF");
    }

    @Test
    void aFileThatEndsTooSoonIsRefused() {
        header(2);
        text("name").putInt(8);
        text("a model");
        assertThatThrownBy(this::read).hasMessageContaining("ends within its header");
    }

    @Test
    void sizesThatNoModelHasAreRefused() {
        header(1);
        file.putLong(1L << 40);
        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes of text");
    }

    private void header(long fields) {
        file.putInt(0x46554747).putInt(3).putLong(0).putLong(fields);
    }

    private ByteBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return file.putLong(bytes.length).put(bytes);
    }

    private Map<String, Object> read() throws IOException {
        return GgufReader.read(
                new ByteArrayInputStream(Arrays.copyOf(file.array(), file.position())));
    }
}
