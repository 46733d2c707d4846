package dev.bindery.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.bindery.api.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobSpoolTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 << 10, (64 << 10) + 1, 3_000_000})
    void aBlobCanBeReadSeveralTimes(int length) throws IOException {
        byte[] bytes = bytes(length);

        Blob blob =
                new BlobSpool(folder.resolve("blobs"))
                        .keep("image/png", length, new ByteArrayInputStream(bytes));

        assertThat(blob.bytes()).isEqualTo(bytes);
        assertThat(blob.bytes()).isEqualTo(bytes);
        assertThat(blob.length()).isEqualTo(length);
        assertThat(blob.mediaType()).isEqualTo("image/png");
    }

    @Test
    void aLargeBlobLiesInAFileAndASmallOneDoesNot() throws IOException {
        BlobSpool spool = new BlobSpool(folder);

        Blob small = spool.keep("a/b", 10, new ByteArrayInputStream(bytes(10)));
        assertThat(files()).isZero();
        Blob large = spool.keep("a/b", 1 << 20, new ByteArrayInputStream(bytes(1 << 20)));
        assertThat(files()).isOne();

        assertThat(small.length() + large.length()).isEqualTo(10 + (1 << 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1 << 20})
    void aBlobThatIsShorterThanWasSaidIsRefused(int length) {
        assertThatIOException()
                .isThrownBy(() ->
                        new BlobSpool(folder)
                                .keep("a/b", length, new ByteArrayInputStream(bytes(length - 1))))
                .withMessageContaining("shorter than was said");
    }

    private long files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
