package dev.bindery.benchmarks.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Hears what {@link ProbeBinding}s say. */
public final class Witness implements AutoCloseable {
    private final Sightings sightings = new Sightings();
    private final Listening listening;

    public Witness() throws IOException {
        listening = Listening.start(this::hear);
    }

    public InetSocketAddress address() {
        return listening.address();
    }

    public Sightings sightings() {
        return sightings;
    }

    private void hear(SocketChannel probe) throws IOException {
        InputStream in = probe.socket().getInputStream();
        for (int said = in.read(); said >= 0; said = in.read()) {
            if (said == ProbeBinding.BEGUN) {
                sightings.begun();
            } else {
                sightings.stopped();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
