package dev.bindery.worker;

import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program: greets its host, serves it, and ends when standard input ends, which it does when
 * the host closes it and when the host dies.
 */
public final class Worker {
    private static final int MAX_GREETING = 4096;

    private Worker() {}

    /**
     * Runs until standard input ends.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        InputStream in = System.in;
        System.setIn(InputStream.nullInputStream());
        WireReader greeting = greeting(in);
        boolean group = ProcessGroup.lead();
        Path blobs = Files.createTempDirectory("blobs");
        int port = ProtocolServer.serve(greeting.text("secret"), blobs);
        shakeHands(port, group);
        awaitEnd(in);
        ProcessGroup.end();
    }

    private static WireReader greeting(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == MAX_GREETING) {
                throw new ProtocolException(
                        "a greeting of more than %d bytes".formatted(MAX_GREETING));
            }
            line.write(b);
        }
        return Wire.read(line.toByteArray());
    }

    private static void shakeHands(int port, boolean group) throws IOException {
        System.out.write(
                Wire.line(
                        new WireObject()
                                .whole("protocol", Wire.VERSION)
                                .whole("port", port)
                                .texts("methods", Methods.names())
                                .flag("processGroup", group)
                                .flag("knowsRepeats", true)
                                .node()));
        System.out.flush();
    }

    private static void awaitEnd(InputStream in) {
        byte[] ignored = new byte[256];
        try {
            while (in.read(ignored) >= 0) {
                // Nothing more is said on standard input; only its end counts.
            }
        } catch (IOException _) {
            // A broken pipe is an end, too.
        }
    }
}
