package dev.bindery.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/**
 * Takes note of the frames that Helidon writes on an HTTP/2 connection, of which each call carries
 * one. Called by one thread at a time, as Helidon's connection writer does.
 */
final class FrameWriter implements DataWriter {
    private final DataWriter writer;
    private final OpenStreams streams;

    FrameWriter(DataWriter writer, OpenStreams streams) {
        this.writer = writer;
        this.streams = streams;
    }

    @Override
    public void write(BufferData... buffers) {
        write(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        note(buffer);
        writer.write(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        note(buffer);
        writer.writeNow(buffer);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    private void note(BufferData frame) {
        if (frame.available() >= FrameHeader.LENGTH) {
            streams.sending(FrameHeader.of(frame::get));
        }
    }
}
