package dev.bindery.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param kind what it says of itself: {@code CERTIFICATE}, {@code EC PRIVATE KEY}
 * @param encrypted whether what it holds can only be read with a password
 * @param base64 what it holds
 */
record PemBlock(String kind, boolean encrypted, String base64) {
    private static final long LONGEST = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

    /**
     * All blocks of a file, in order.
     *
     * @param what what the file is to hold, for the message where it cannot be read
     */
    static List<PemBlock> of(Path file, String what) throws IOException {
        String text = text(file, what);
        List<PemBlock> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            blocks.add(block(file, block.group(1), block.group(2)));
        }
        return blocks;
    }

    private static String text(Path file, String what) throws IOException {
        try {
            long length = Files.size(file);
            if (length > LONGEST) {
                throw new IOException(
                        "%s has %,d bytes; %s in PEM form has a few thousand"
                                .formatted(file, length, what));
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("%s, which is to hold %s, is not there".formatted(file, what), e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "%s, which is to hold %s, may not be read by this user".formatted(file, what),
                    e);
        }
    }

    private static PemBlock block(Path file, String kind, String body) throws IOException {
        boolean encrypted = kind.startsWith("ENCRYPTED ") || body.contains("4,ENCRYPTED");
        String base64 = HEADER.matcher(body).replaceAll("").replaceAll("\\s", "");
        PemBlock block = new PemBlock(kind, encrypted, base64);
        try {
            block.content();
            return block;
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s: what stands under BEGIN %s is damaged: no base64".formatted(file, kind),
                    e);
        }
    }

    byte[] content() {
        return Base64.getDecoder().decode(base64);
    }

    /** Not what it holds, which may be a key. */
    @Override
    public String toString() {
        return "PemBlock[" + kind + "]";
    }

    /** What a file's blocks are, for a message that says what was found. */
    static String kinds(List<PemBlock> blocks) {
        return blocks.isEmpty()
                ? "nothing in PEM form"
                : String.join(", ", blocks.stream().map(PemBlock::kind).distinct().toList());
    }
}
