package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageLimitTest {
    @Test
    void aWideImageBecomesAsNarrowAsTheLimitAndKeepsItsShape() throws IOException {
        Blob narrow = new ImageLimit(100).apply(image("png", 400, 200));

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(narrow.bytes()));
        assertThat(narrow.mediaType()).isEqualTo("image/png");
        assertThat(read.getWidth()).isEqualTo(100);
        assertThat(read.getHeight()).isEqualTo(50);
    }

    @Test
    void aJpegStaysAJpeg() throws IOException {
        Blob narrow = new ImageLimit(10).apply(image("jpeg", 40, 40));

        assertThat(narrow.mediaType()).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(narrow.bytes())).getWidth()).isEqualTo(10);
    }

    @Test
    void whatIsNarrowEnoughOrNoImageOrUnknownStaysAsItIs() throws IOException {
        Blob narrow = image("png", 100, 2000);
        Blob sound = Blob.of("audio/wav", new byte[] {1});
        Blob unknown = Blob.of("image/webp", new byte[] {'R', 'I', 'F', 'F'});

        assertThat(new ImageLimit(100).apply(narrow)).isSameAs(narrow);
        assertThat(new ImageLimit(100).apply(sound)).isSameAs(sound);
        assertThat(new ImageLimit(100).apply(unknown)).isSameAs(unknown);
        assertThat(new ImageLimit(0).apply(image("png", 400, 2)).bytes()).isNotEmpty();
    }

    @Test
    void aBrokenImageIsTheRequestsFault() throws IOException {
        byte[] cut = new byte[20];
        System.arraycopy(image("png", 400, 200).bytes(), 0, cut, 0, cut.length);

        assertThatThrownBy(() -> new ImageLimit(100).apply(Blob.of("image/png", cut)))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("cannot be read as an image");
    }

    private static Blob image(String format, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return Blob.of("image/" + format, bytes.toByteArray());
    }
}
