package dev.bindery.host.generation;

import dev.bindery.api.BindingCard;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.LoadedCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One jar, loaded once: the code from which instances are made. It is closed when it was dismissed
 * and its last instance has ended.
 */
public final class Generation {
    private final int number;
    private final StagedJar jar;
    private final LoadedCode code;
    private final Runnable closed;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean dismissed = new AtomicBoolean();

    /**
     * @param closed runs once after the code was closed
     */
    Generation(int number, StagedJar jar, LoadedCode code, Runnable closed) {
        this.number = number;
        this.jar = jar;
        this.code = code;
        this.closed = closed;
    }

    public int number() {
        return number;
    }

    public StagedJar jar() {
        return jar;
    }

    public BindingCard card() {
        return jar.card();
    }

    LoadedCode code() {
        return code;
    }

    /** What people call it. */
    String name() {
        return jar.id() + "#" + number;
    }

    /** An instance of it begins. */
    void hold() {
        holders.incrementAndGet();
    }

    /** An instance of it has ended. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            code.close();
            closed.run();
        }
    }

    /** No instance will be made of it any more. */
    public void dismiss() {
        if (dismissed.compareAndSet(false, true)) {
            release();
        }
    }
}
