package dev.bindery.host.call;

import java.util.concurrent.atomic.AtomicReference;

/** What one call holds of its endpoint until the binding's code has returned. */
final class Lease implements BindingTask.Ending {
    private final CallGate gate;
    private final StuckCalls stuck;
    private final boolean mayInterrupt;
    private final Runnable giveBack;
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.RUNNING);

    private enum Fate {
        RUNNING,
        STUCK,
        ENDED
    }

    /**
     * @param gate that the call has passed
     * @param giveBack gives back what the call took beyond it
     */
    Lease(CallGate gate, StuckCalls stuck, boolean mayInterrupt, Runnable giveBack) {
        this.gate = gate;
        this.stuck = stuck;
        this.mayInterrupt = mayInterrupt;
        this.giveBack = giveBack;
    }

    @Override
    public void ended() {
        if (fate.getAndSet(Fate.ENDED) == Fate.STUCK) {
            stuck.ended();
        }
        giveBack.run();
        gate.leave();
    }

    @Override
    public void stuck() {
        stuck.began();
        if (fate.compareAndSet(Fate.RUNNING, Fate.STUCK)) {
            stuck.report();
        } else {
            stuck.ended();
        }
    }

    @Override
    public boolean mayInterrupt() {
        return mayInterrupt;
    }
}
