package dev.bindery.host.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTextTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("x.yaml");
    }

    @Test
    void aTextIsReadAsItIs() throws IOException {
        Files.writeString(file, "name: Müller 🎈\r\n");

        assertThat(YamlText.read("x.yaml", file)).isEqualTo("name: Müller 🎈\r\n");
    }

    @Test
    void whatIsInAnotherEncodingIsSaidWithItsLine() throws IOException {
        Files.write(file, "a: 1\nname: Müller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> YamlText.read("x.yaml", file))
                .isInstanceOf(DocumentException.class)
                .hasMessage("x.yaml, line 2: not UTF-8; save the file with that encoding");
    }

    @Test
    void ofAFileThatFillsTheDiskOnlyItsBeginningIsRead() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }

        assertThatThrownBy(() -> YamlText.read("x.yaml", file))
                .isInstanceOf(DocumentException.class)
                .hasMessage(
                        "x.yaml: more than 1048576 bytes; at most 262144 characters are allowed");
    }
}
