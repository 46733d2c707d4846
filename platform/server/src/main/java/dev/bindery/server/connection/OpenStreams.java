package dev.bindery.server.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which streams of an HTTP/2 connection are open, from what both sides have said. Told of the
 * client's frames by the connection's thread, and of the server's by whoever writes.
 */
final class OpenStreams {
    private enum Side {
        BOTH,
        CLIENT,
        SERVER
    }

    private final Map<Integer, Side> speaking = new ConcurrentHashMap<>();
    private int newest;

    /** Takes note of a client's frame. */
    void received(FrameHeader frame) {
        if (frame.isHeaders() && frame.stream() > newest) {
            newest = frame.stream();
            speaking.put(frame.stream(), Side.BOTH);
        }
        ended(frame, Side.SERVER);
    }

    /** Takes note of a frame that the server is about to write. */
    void sending(FrameHeader frame) {
        ended(frame, Side.CLIENT);
    }

    /** Whether both sides have ended a stream of this number, or either has reset it. */
    boolean isOver(int stream) {
        return stream <= newest && !speaking.containsKey(stream);
    }

    private void ended(FrameHeader frame, Side left) {
        if (frame.isReset()) {
            speaking.remove(frame.stream());
        } else if (frame.endsStream()) {
            speaking.computeIfPresent(
                    frame.stream(), (_, side) -> side == Side.BOTH || side == left ? left : null);
        }
    }
}
