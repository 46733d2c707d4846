package dev.bindery.testkit.check;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.bindery.api.Isolation;
import dev.bindery.testkit.bench.Bench;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is left when it is gone. */
final class LeakChecks {
    static final Area AREA =
            Area.of(
                    "leaks",
                    new Check("started and stopped often, it leaves nothing", LeakChecks::cycles),
                    new Check("unloaded, its classes are collected", LeakChecks::unloaded),
                    new Check(
                            "uninstalled, its models and classes are gone",
                            LeakChecks::uninstalled),
                    new Check("it prints nothing to System.out", LeakChecks::printed));

    private static final int OF_PROCESSES = 3;
    private static final int SOME = 10;
    private static final Duration TO_SETTLE = Duration.ofSeconds(5);

    private LeakChecks() {}

    private static boolean isProcess(Trial trial) {
        return trial.card().isolation() == Isolation.PROCESS;
    }

    private static void cycles(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        trial.bench().rest();
        trial.host().rest();
        int times =
                isProcess(trial)
                        ? Math.min(OF_PROCESSES, trial.subject().starts())
                        : trial.subject().starts();
        cycle(trial);
        Map<String, Integer> before = threads();
        long files = openFiles();
        long children = ProcessHandle.current().descendants().count();
        for (int i = 1; i < times; i++) {
            cycle(trial);
        }
        leftNoThreads(before, times);
        leftNoFiles(files, times);
        HostSide.await(
                "the child processes of instances that were stopped have ended",
                TO_SETTLE,
                () -> ProcessHandle.current().descendants().count() <= children);
    }

    private static void cycle(Trial trial) throws Exception {
        try (Unit unit = trial.bench().start()) {
            if (trial.given().isComplete()) {
                unit.call("listModels", unit.binding()::listModels);
            }
        }
    }

    private static Map<String, Integer> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(
                        Collectors.toMap(
                                thread -> thread.getName().replaceAll("[0-9]+", "N"),
                                _ -> 1,
                                Integer::sum,
                                TreeMap::new));
    }

    private static void leftNoThreads(Map<String, Integer> before, int times)
            throws InterruptedException {
        try {
            HostSide.await("threads end", TO_SETTLE, () -> more(before).isEmpty());
        } catch (Violation _) {
            throw Violation.of(
                    "started and stopped %d times, it left threads behind: %s. End them in stop, or use context().executor()",
                    times, more(before));
        }
    }

    /** Threads of a name that have become many. */
    private static List<String> more(Map<String, Integer> before) {
        return threads().entrySet().stream()
                .filter(now -> now.getValue() - before.getOrDefault(now.getKey(), 0) >= SOME)
                .map(now -> now.getValue() + " named " + now.getKey())
                .toList();
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                ? os.getOpenFileDescriptorCount()
                : 0;
    }

    private static void leftNoFiles(long before, int times) throws InterruptedException {
        try {
            HostSide.await(
                    "files are closed",
                    TO_SETTLE,
                    () -> openFiles() - before < Math.max(SOME, times / 2));
        } catch (Violation _) {
            throw Violation.of(
                    "started and stopped %d times, it left %d files or connections open; close them in stop",
                    times, openFiles() - before);
        }
    }

    private static void unloaded(Trial trial) throws Exception {
        Inapplicable.unless(!isProcess(trial), "its classes are never loaded in the host");
        trial.play(Trial.USUAL);
        trial.bench().rest();
        try (Bench bench = trial.bench().another()) {
            used(trial, bench);
            Duration longest = trial.subject().collection();
            Optional<String> holder = bench.unload(longest);
            Violation.unless(
                    holder.isEmpty(),
                    "stopped and unloaded, its classes stay in memory for %d s: %s",
                    longest.toSeconds(),
                    holder.orElse(""));
        }
    }

    private static void used(Trial trial, Bench bench) throws Exception {
        try (Unit unit = bench.start()) {
            if (trial.given().isComplete()) {
                unit.call("listModels", unit.binding()::listModels);
                trial.play(Trial.USUAL);
                unit.hear(trial.usualQuestion());
            }
        }
    }

    private static void uninstalled(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        HostSide side = trial.serving();
        String id = side.dropped().id();
        side.uninstall();
        HostSide.await(
                "its models are gone",
                () ->
                        side.host().models().models().stream()
                                .noneMatch(model -> model.instance().equals(id)));
        HostSide.await(
                "the classes of a binding that was uninstalled are collected",
                trial.subject().collection(),
                () -> isCollected(side));
        side.install();
        side.rest();
    }

    private static boolean isCollected(HostSide side) {
        System.gc();
        return side.host().uncollected().isEmpty();
    }

    private static void printed(Trial trial) {
        Inapplicable.unless(!isProcess(trial), "what its process prints goes to the host's log");
        List<String> found = trial.printing().found();
        Violation.unless(
                found.isEmpty(),
                "%s. The host's output is not the binding's: use context().logger()",
                found.isEmpty() ? "" : found.getFirst());
    }
}
