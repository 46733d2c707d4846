package dev.bindery.host.shell;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the commands of a session print to: whoever waits for the line that is running. What comes
 * from a job in the background while no line runs is dropped. Thread-safe.
 */
final class SessionOutput extends OutputStream {
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] halfCharacter = {};
    private Optional<Consumer<String>> listener = Optional.empty();

    synchronized void to(Consumer<String> heard) {
        listener = Optional.of(heard);
    }

    synchronized void toNobody() {
        listener = Optional.empty();
        halfCharacter = new byte[0];
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        ByteBuffer in = ByteBuffer.allocate(halfCharacter.length + length);
        in.put(halfCharacter).put(bytes, offset, length).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.reset().decode(in, out, false);
        halfCharacter = new byte[in.remaining()];
        in.get(halfCharacter);
        if (out.flip().hasRemaining()) {
            listener.ifPresent(heard -> heard.accept(out.toString()));
        }
    }
}
