package dev.bindery.host.lifecycle;

import dev.bindery.host.BindingState;
import dev.bindery.host.Bindings;
import dev.bindery.host.Home;
import dev.bindery.host.InstanceState;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.artifact.FolderWatch;
import dev.bindery.host.artifact.GenerationFolders;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.artifact.StagingLimits;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.call.Router;
import dev.bindery.host.generation.CodeLoader;
import dev.bindery.host.generation.GenerationLoader;
import dev.bindery.host.generation.HostNotices;
import dev.bindery.host.generation.Installation;
import dev.bindery.host.generation.InstanceStarter;
import dev.bindery.host.generation.LifecycleLimits;
import dev.bindery.host.generation.Packages;
import dev.bindery.host.generation.Retirement;
import dev.bindery.host.instance.InstanceMove;
import dev.bindery.host.instance.InstanceStore;
import dev.bindery.host.isolation.leak.LeakWatch;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.FelixFramework;
import dev.bindery.host.presence.Roster;
import dev.bindery.host.state.HostState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The parts of the lifecycle put together, from the folders to the router. */
public final class Engine implements AutoCloseable {
    private static final Duration UNTIL_BROKEN_OFF = Duration.ofSeconds(5);
    private static final Duration LEAK_PATIENCE = Duration.ofMinutes(1);
    private static final Set<BindingState> UNSETTLED =
            Set.of(BindingState.STAGED, BindingState.VERIFIED, BindingState.STARTING);

    private final Roster<Endpoint> roster;
    private final LeakWatch leaks;
    private final ModelRefresher refresher;
    private final ModelSweeper sweeper;
    private final InstanceStore store;
    private final InstanceTable table;
    private final Retirement retirement;
    private final Supervisor supervisor;
    private final BindingsDoor bindings;
    private final InstancesDoor instances;
    private final Renaming renaming;
    private final SettingsMirror mirror;
    private final Router router;
    private final List<FolderWatch> watches = new ArrayList<>();
    private final HostState state;
    private final EventLog events;
    private final GenerationFolders copies;
    private final Retreats retreats;
    private final Shelf shelf;

    /**
     * @param bundled the folder of the distribution's own jars; may be one that is not there
     * @param environment what secret settings may refer to
     */
    public Engine(
            Home home,
            Path bundled,
            Map<String, String> environment,
            HostState state,
            FelixFramework felix,
            EventLog events,
            CodeLoader code,
            Packages packages,
            LifecycleLimits limits) {
        this.state = state;
        this.events = events;
        roster = new Roster<>(felix, Endpoint.class);
        leaks = new LeakWatch(LEAK_PATIENCE);
        refresher = new ModelRefresher(roster);
        sweeper = new ModelSweeper(roster, events);
        table = new InstanceTable(state, events);
        router = new Router(roster, table, events);
        retirement = new Retirement(events);
        state.complainTo(complaint -> events.publish("notification/warning", "host", complaint));
        Path generations = home.cache().resolve("generations");
        Stager stager = new Stager(generations, StagingLimits.DEFAULT);
        copies = new GenerationFolders(generations, this::copiesToKeep);
        retreats = new Retreats(home.root(), home.state().resolve("kept"), state, stager);
        shelf = new Shelf(stager, copies, retreats, bundled.toAbsolutePath().normalize());
        store = new InstanceStore(home.instances(), home.secrets(), environment);
        HostNotices notices = new HostNotices(events);
        Departures departures = new Departures(table, retirement, limits);
        Workshop workshop =
                new Workshop(
                        shelf,
                        state,
                        store,
                        table,
                        new InstanceStarter(home, notices, packages, router, limits),
                        new GenerationLoader(
                                code,
                                new Installation(home, notices, packages, limits),
                                leaks,
                                copies,
                                events),
                        departures,
                        retreats,
                        copies,
                        new CallLedger(events),
                        roster,
                        events);
        Changeover changeover = new Changeover(workshop, table);
        supervisor = new Supervisor(shelf, store, table, workshop, changeover, limits);
        bindings =
                new BindingsDoor(
                        home.bindings(),
                        stager,
                        copies,
                        shelf,
                        state,
                        supervisor,
                        new BindingList(shelf, state, supervisor, table, leaks::leaks));
        renaming =
                new Renaming(
                        store,
                        new InstanceMove(home.instances(), home.secrets(), home.data()),
                        state,
                        supervisor,
                        table,
                        workshop,
                        changeover);
        Commands commands = new Commands(router, events);
        instances =
                new InstancesDoor(
                        store,
                        state,
                        supervisor,
                        table,
                        retirement,
                        changeover,
                        renaming,
                        commands);
        mirror = new SettingsMirror(felix, table, supervisor, instances, events);
        table.watch(mirror::show);
        watches.add(new FolderWatch(home.instances(), ".yaml", supervisor.instanceFiles()));
        watches.add(new FolderWatch(bundled, ".jar", supervisor.jars()));
        watches.add(new FolderWatch(home.bindings(), ".jar", supervisor.jars()));
    }

    /** Takes everything that is there, and watches from then on; bindings start meanwhile. */
    public void start() {
        store.finish();
        renaming.finish();
        watches.forEach(FolderWatch::start);
        copies.sweep();
        supervisor.begin();
    }

    private Set<Path> copiesToKeep() {
        Set<Path> keep = new HashSet<>(shelf.folders());
        keep.addAll(retreats.folders());
        return keep;
    }

    public Bindings bindings() {
        return bindings;
    }

    public Instances instances() {
        return instances;
    }

    public ModelRouter models() {
        return router;
    }

    /** Waits until everything that was there has started, or failed to. */
    public void settle() {
        supervisor.settle();
    }

    /** The bindings that are still being started. */
    public List<String> pending() {
        return supervisor.units().entrySet().stream()
                .filter(unit -> UNSETTLED.contains(unit.getValue().standing().state()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The generations that are unloaded and whose classes are not collected yet. */
    public List<String> uncollected() {
        return leaks.pending().stream().sorted().toList();
    }

    /** Stops: calls in flight may end within that time, then they are cancelled. */
    public void stop(Duration grace) throws InterruptedException {
        watches.forEach(FolderWatch::close);
        events.ending();
        supervisor.close();
        supervisor.awaitEnd(UNTIL_BROKEN_OFF);
        List<CountDownLatch> ends = new ArrayList<>(retirement.hasten(grace));
        for (InstanceTable.Row row : table.all()) {
            table.put(row.config(), InstanceState.STOPPED, "the host is stopping");
            row.running().ifPresent(running -> ends.add(retirement.begin(running, grace)));
        }
        state.flush();
        long deadline = System.nanoTime() + grace.plusSeconds(20).toNanos();
        for (CountDownLatch end : ends) {
            boolean _ = end.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        mirror.close();
        refresher.close();
        sweeper.close();
        leaks.close();
        roster.close();
    }
}
