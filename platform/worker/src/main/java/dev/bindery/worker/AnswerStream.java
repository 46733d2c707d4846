package dev.bindery.worker;

import dev.bindery.api.BindingException;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** The lines of one answer, each sent at once; after the last one nothing more. Thread-safe. */
final class AnswerStream {
    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    AnswerStream(OutputStream out) {
        this.out = out;
    }

    /** Sends a line; false when nobody takes it any more. */
    boolean send(String name, JsonNode value) {
        return write(name, value, false);
    }

    void result(JsonNode result) {
        write("result", result, true);
    }

    void error(BindingException failure) {
        write("error", FailureCodec.encode(failure), true);
    }

    private boolean write(String name, JsonNode value, boolean last) {
        byte[] line = Wire.line(new WireObject().node(name, value).node());
        lock.lock();
        try {
            if (over) {
                return false;
            }
            over = last;
            out.write(line);
            out.flush();
            return true;
        } catch (IOException _) {
            over = true;
            return false;
        } finally {
            lock.unlock();
        }
    }
}
