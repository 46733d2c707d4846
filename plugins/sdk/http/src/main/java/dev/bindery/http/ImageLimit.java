package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apiguardian.api.API;

/**
 * Makes images narrower before they go to a provider that charges by their size: the setting {@code
 * max_image_width}. Takes what Java reads (PNG, JPEG, GIF, BMP), writes JPEG for a JPEG and PNG for
 * the rest; what it cannot read, and what is narrow enough, it leaves as it is. Immutable.
 *
 * @param width pixels; 0 for no limit
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ImageLimit(int width) {
    private static final long MOST_PIXELS = 100_000_000;

    /**
     * The image, no wider than the limit.
     *
     * @throws BindingException INVALID_REQUEST for an image that is broken, or of more than 100
     *     million pixels
     */
    public Blob apply(Blob image) {
        if (width <= 0 || !MediaData.kind(image).equals("image")) {
            return image;
        }
        byte[] bytes = MediaData.bytes(image);
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext() ? apply(image, readers.next(), in) : image;
        } catch (IOException | RuntimeException e) {
            throw e instanceof BindingException known
                    ? known
                    : BindingException.invalidRequest(
                            "%s cannot be read as an image: %s".formatted(image, e.getMessage()));
        }
    }

    private Blob apply(Blob image, ImageReader reader, ImageInputStream in) throws IOException {
        try {
            reader.setInput(in, true, true);
            long wide = reader.getWidth(0);
            long high = reader.getHeight(0);
            if (wide <= width) {
                return image;
            }
            if (wide * high > MOST_PIXELS) {
                throw BindingException.invalidRequest(
                        "an image of %d x %d pixels; at most %d pixels are taken"
                                .formatted(wide, high, MOST_PIXELS));
            }
            boolean jpeg = MediaData.type(image).matches("image/jpe?g");
            int height = (int) Math.max(1, Math.round((double) high * width / wide));
            return written(drawn(reader.read(0), height, jpeg), jpeg);
        } finally {
            reader.dispose();
        }
    }

    private BufferedImage drawn(BufferedImage wide, int height, boolean opaque) {
        BufferedImage narrow =
                new BufferedImage(
                        width,
                        height,
                        opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Graphics2D canvas = narrow.createGraphics();
        canvas.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(wide, 0, 0, width, height, null);
        canvas.dispose();
        return narrow;
    }

    private static Blob written(BufferedImage image, boolean jpeg) throws IOException {
        String format = jpeg ? "jpeg" : "png";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, format, out);
        }
        return Blob.of("image/" + format, bytes.toByteArray());
    }
}
