package dev.bindery.benchmarks.subject;

import java.net.InetSocketAddress;
import java.time.Duration;

/** Something that answers on a port of this machine, and ends when it is closed. */
public interface Subject extends AutoCloseable {
    /** What reports call it. */
    String name();

    InetSocketAddress address();

    ProcessHandle process();

    /** Time that it has spent on a processor. */
    default Duration processorTime() {
        return Footprint.processorTime(process());
    }

    @Override
    void close();
}
