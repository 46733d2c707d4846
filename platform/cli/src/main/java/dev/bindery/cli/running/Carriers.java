package dev.bindery.cli.running;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Sees to it that virtual threads go on where some of them never wait. They are not time-sliced: as
 * many that spin as there are carriers stop all others. More carriers than processors from the
 * start would prevent that, but cost each call twice the processor time, since every hand-over
 * between threads wakes one; so there are more only while they are needed.
 *
 * <p>A thread starts a virtual thread ten times a second, and raises their number when that has not
 * begun after 100 ms: long enough for a busy host whose virtual threads queue but move. For the
 * process that runs a host: the number is the whole JVM's.
 */
final class Carriers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final int MOST = 32;
    private static final int MOST_PER_PROCESSOR = 8;

    /** What the JDK allows where {@code jdk.virtualThreadScheduler.maxPoolSize} is not set. */
    private static final int JDK_MOST = 256;

    private final Thread thread;

    private Carriers(Thread thread) {
        this.thread = thread;
    }

    /** Begins to watch, until closed. */
    static Carriers watch() {
        return new Carriers(
                Thread.ofPlatform().daemon().name("carriers").start(Carriers::watchUntilEnded));
    }

    private static void watchUntilEnded() {
        try {
            awaitStall();
            // Loaded only now: most hosts never need it, and would start later for it.
            VirtualThreadSchedulerMXBean scheduler =
                    ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
            CarrierCount carriers = new CarrierCount(scheduler.getParallelism(), most());
            while (true) {
                look(carriers, scheduler);
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int most() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(
                Integer.getInteger("jdk.virtualThreadScheduler.maxPoolSize", JDK_MOST),
                Math.max(MOST, MOST_PER_PROCESSOR * processors));
    }

    private static void awaitStall() throws InterruptedException {
        while (isMoving()) {
            Thread.sleep(PERIOD);
        }
    }

    private static void look(CarrierCount carriers, VirtualThreadSchedulerMXBean scheduler)
            throws InterruptedException {
        while (!isMoving()) {
            if (carriers.isGreatest()) {
                return;
            }
            carriers.stalled(System.nanoTime());
            scheduler.setParallelism(carriers.count());
        }
        int before = carriers.count();
        carriers.moved(System.nanoTime());
        if (carriers.count() != before) {
            scheduler.setParallelism(carriers.count());
        }
    }

    private static boolean isMoving() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread.ofVirtual().name("moving").start(begun::countDown);
        if (begun.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
