package dev.bindery.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireReader;
import java.util.Set;

/**
 * The one line that a child prints before it loads anything of the binding.
 *
 * @param port where it listens, on 127.0.0.1
 * @param methods what it can be asked
 * @param processGroup whether it leads a process group of its own
 * @param knowsRepeats whether it knows a call that it has begun when it comes a second time
 */
record Handshake(int port, Set<String> methods, boolean processGroup, boolean knowsRepeats) {
    private static final int SHOWN = 200;

    /**
     * Reads the line.
     *
     * @throws ProtocolException when it is no handshake, or one of another version
     */
    static Handshake parse(String line) {
        WireReader wire = read(line);
        long version = wire.whole("protocol");
        if (version != Wire.VERSION) {
            throw new ProtocolException(
                    "it speaks version %d of the binding protocol, this host speaks version %d"
                            .formatted(version, Wire.VERSION));
        }
        long port = wire.whole("port");
        if (port < 1 || port > 65_535) {
            throw new ProtocolException("its handshake names the port " + port);
        }
        return new Handshake(
                (int) port,
                Set.copyOf(wire.texts("methods")),
                wire.flag("processGroup"),
                wire.flag("knowsRepeats"));
    }

    private static WireReader read(String line) {
        try {
            return Wire.read(line.getBytes(UTF_8));
        } catch (ProtocolException e) {
            throw new ProtocolException(
                    "it printed something else than a handshake: " + shown(line), e);
        }
    }

    private static String shown(String line) {
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
