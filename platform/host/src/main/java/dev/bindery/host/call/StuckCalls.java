package dev.bindery.host.call;

/** Counts the calls of an endpoint that ignore their cancellation. Thread-safe. */
final class StuckCalls {
    private final CallGate gate;
    private final Runnable reporter;

    /**
     * @param gate that the calls have passed
     * @param reporter hears of each
     */
    StuckCalls(CallGate gate, Runnable reporter) {
        this.gate = gate;
        this.reporter = reporter;
    }

    void began() {
        gate.stuck(1);
    }

    void ended() {
        gate.stuck(-1);
    }

    void report() {
        reporter.run();
    }

    int count() {
        return gate.stuck();
    }
}
