package dev.bindery.binding.llamacpp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Writes a LoRA adapter that turns one layer of the test model upside down. */
final class LoraFile {
    private static final int WIDTH = 576;
    private static final int RANK = 2;
    private static final String TENSOR = "blk.29.attn_output.weight.lora_";

    private final ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    static Path in(Path folder, String architecture) throws IOException {
        return Files.write(
                folder.resolve(architecture + "-lora.gguf"), new LoraFile().bytes(architecture));
    }

    private byte[] bytes(String architecture) {
        out.putInt(0x46554747).putInt(3).putLong(2).putLong(4);
        text("general.architecture").putInt(8);
        text(architecture);
        text("general.type").putInt(8);
        text("adapter");
        text("adapter.type").putInt(8);
        text("lora");
        text("adapter.lora.alpha").putInt(6).putFloat(RANK);
        text(TENSOR + "a").putInt(2).putLong(WIDTH).putLong(RANK).putInt(0).putLong(0);
        text(TENSOR + "b")
                .putInt(2)
                .putLong(RANK)
                .putLong(WIDTH)
                .putInt(0)
                .putLong(4L * WIDTH * RANK);
        out.position((out.position() + 31) / 32 * 32);
        Random random = new Random(1);
        for (int i = 0; i < 2 * WIDTH * RANK; i++) {
            out.putFloat((float) random.nextGaussian() * 3);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return out.putLong(bytes.length).put(bytes);
    }
}
