package dev.bindery.server.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few HTTP/2 frames that a client needs to ask and to give up. */
final class Frames {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM = 1;
    private static final int CANCEL = 8;

    private Frames() {}

    /** What a client that knows the server's protocol says first. */
    static byte[] preface() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(frame(SETTINGS, 0, 0));
        return out.toByteArray();
    }

    static byte[] get(int stream, String path) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, headers(0x82, path));
    }

    static byte[] post(int stream, String path) {
        return frame(HEADERS, END_HEADERS, stream, headers(0x83, path));
    }

    static byte[] data(int stream, byte... body) {
        return frame(DATA, END_STREAM, stream, body);
    }

    static byte[] cancel(int stream) {
        return frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL);
    }

    private static byte[] headers(int method, String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(method);
        out.write(0x86);
        literal(out, 0x04, path);
        literal(out, 0x01, "localhost");
        return out.toByteArray();
    }

    private static void literal(ByteArrayOutputStream out, int name, String value) {
        out.write(name);
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(stream >> shift);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
