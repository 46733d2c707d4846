package dev.bindery.host.isolation.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.artifact.StagingLimits;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.isolation.BindingCode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a binding leaves behind, and what its author is told of it. */
class LeakWatchTest {
    private static final ThreadLocal<Object> KEPT = new ThreadLocal<>();

    @TempDir Path folder;
    private final LeakWatch watch = new LeakWatch(Duration.ofMillis(100));
    private final List<Leak> told = new ArrayList<>();

    @AfterEach
    void stop() {
        watch.close();
    }

    /** Loads a binding, lets it do that, and unloads it. */
    private void unloadedAfter(String deed) throws Exception {
        LoaderTrace trace = loaded(deed);
        watch.watch("leaky", "leaky#1", trace, told::add);
    }

    private LoaderTrace loaded(String deed) throws Exception {
        BindingJar jar =
                BindingJar.of(
                        "leaky",
                        "1.0.0",
                        """
                        public List<String> listModels() {
                            try {
                            %s
                            } catch (Exception e) { throw new AssertionError(e); }
                            return List.of();
                        }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                        public static class Driver implements java.sql.Driver {
                            public java.sql.Connection connect(String url, Properties info) { return null; }
                            public boolean acceptsURL(String url) { return false; }
                            public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties info) { return null; }
                            public int getMajorVersion() { return 1; }
                            public int getMinorVersion() { return 0; }
                            public boolean jdbcCompliant() { return false; }
                            public java.util.logging.Logger getParentLogger() { return null; }
                        }
                        public interface ThingMBean {}
                        public static class Thing implements ThingMBean {}
                        """
                                .formatted(deed));
        StagedJar staged =
                new Stager(folder.resolve("generations"), StagingLimits.DEFAULT)
                        .stage(jar.writeTo(folder.resolve("leaky.jar")));
        BindingCode code = BindingCode.guarded(staged, List.of());
        LoaderTrace trace = code.trace().orElseThrow();
        boolean _ = code.newBinding().listModels().isEmpty();
        code.close();
        return trace;
    }

    private String cause() {
        Wait.until("the leak is noticed", () -> !watch.leaks().isEmpty());
        return watch.leaks().getFirst().cause();
    }

    @Test
    void whatLeavesNothingBehindIsCollectedAndNotAccused() throws Exception {
        unloadedAfter("");
        Wait.until(
                "it is collected",
                () -> {
                    System.gc();
                    return watch.pending().isEmpty();
                });
        assertThat(watch.leaks()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aThreadAndATimerAreNamedWithWhereTheyAre() throws Exception {
        unloadedAfter(
                """
                Object gate = new Object();
                Thread forgotten = new Thread(() -> { synchronized (gate) {
                    try { gate.wait(); } catch (InterruptedException e) { } } }, "forgotten");
                forgotten.setDaemon(true);
                forgotten.setContextClassLoader(getClass().getClassLoader());
                forgotten.start();
                Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
                try { new Timer("ticker", true).schedule(new TimerTask() { public void run() {} }, 3_600_000); }
                finally { Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader()); }
                """);
        assertThat(cause())
                .contains(
                        "threads that it started are still running, end them in stop(): forgotten")
                .contains("(in sample.Sample.lambda$listModels")
                .contains(
                        "timers that it started are still running, cancel them in stop(): ticker");
        thread("forgotten").interrupt();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().sentence())
                .startsWith("leaky#1 was unloaded, but its classes stay in memory: ");
    }

    private static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aThreadWithAnotherContextLoaderIsFoundByItsCode() throws Exception {
        unloadedAfter(
                """
                Thread stray = new Thread(() -> java.util.concurrent.locks.LockSupport.park(), "stray");
                stray.setDaemon(true);
                stray.setContextClassLoader(null);
                stray.start();
                """);
        assertThat(cause()).contains("stray (in sample.Sample.lambda$listModels");
        java.util.concurrent.locks.LockSupport.unpark(thread("stray"));
    }

    @Test
    void aDriverIsNamed() throws Exception {
        unloadedAfter("java.sql.DriverManager.registerDriver(new Driver());");
        assertThat(cause())
                .isEqualTo(
                        "the JDBC driver sample.Sample$Driver is registered, call DriverManager.deregisterDriver in stop()");
    }

    @Test
    void anMBeanIsNamed() throws Exception {
        ObjectName name = new ObjectName("sample:type=Thing");
        unloadedAfter(
                "java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(new Thing(), new javax.management.ObjectName(\"sample:type=Thing\"));");
        try {
            assertThat(cause())
                    .isEqualTo(
                            "the MBean sample:type=Thing is registered, unregister it in stop()");
        } finally {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
        Wait.until(
                "it is collected once that is done",
                () -> {
                    System.gc();
                    return watch.leaks().isEmpty();
                });
    }

    @Test
    void aLogHandlerAndASystemPropertyAreNamed() throws Exception {
        Logger logger = Logger.getLogger("leak.test");
        unloadedAfter(
                """
                java.util.logging.Logger.getLogger("leak.test").addHandler(new java.util.logging.StreamHandler() {});
                System.getProperties().put("leak.test", new Thing());
                """);
        try {
            assertThat(cause())
                    .contains("the java.util.logging logger `leak.test` has its handler sample.")
                    .contains("the system property leak.test holds one of its objects");
        } finally {
            logger.removeHandler(logger.getHandlers()[0]);
            System.getProperties().remove("leak.test");
        }
        assertThat(Objects.requireNonNull(logger).getHandlers()).isEmpty();
    }

    @Test
    void whatCannotBeSeenIsSaidToBeSo() throws Exception {
        LoaderTrace trace = loaded("");
        KEPT.set(Objects.requireNonNull(trace.loader().get()));
        watch.watch("leaky", "leaky#1", trace, told::add);
        assertThat(cause()).startsWith("nothing that can be seen from outside holds them");
        KEPT.remove();
    }
}
