package dev.bindery.host.lifecycle;

import dev.bindery.api.TypedConfig;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceState;
import dev.bindery.host.Placement;
import dev.bindery.host.artifact.GenerationFolders;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.call.CallReports;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.GenerationLoader;
import dev.bindery.host.generation.InstanceStarter;
import dev.bindery.host.generation.LifecycleException;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.InstanceStore;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.Roster;
import dev.bindery.host.state.HostState;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the units do with instances; each call concerns the instances of one binding. Thread-safe.
 */
final class Workshop {
    private static final int MOST_STUCK = 3;

    private final Shelf shelf;
    private final HostState state;
    private final InstanceStore store;
    private final InstanceTable table;
    private final InstanceStarter starter;
    private final GenerationLoader loader;
    private final Departures departures;
    private final Retreats retreats;
    private final GenerationFolders copies;
    private final CallReports ledger;
    private final Roster<Endpoint> roster;
    private final EventLog events;
    private final AtomicInteger lastRanking = new AtomicInteger();

    Workshop(
            Shelf shelf,
            HostState state,
            InstanceStore store,
            InstanceTable table,
            InstanceStarter starter,
            GenerationLoader loader,
            Departures departures,
            Retreats retreats,
            GenerationFolders copies,
            CallReports ledger,
            Roster<Endpoint> roster,
            EventLog events) {
        this.shelf = shelf;
        this.state = state;
        this.store = store;
        this.table = table;
        this.starter = starter;
        this.loader = loader;
        this.departures = departures;
        this.retreats = retreats;
        this.copies = copies;
        this.ledger = ledger;
        this.roster = roster;
        this.events = events;
    }

    void event(String topic, String subject, String message) {
        events.publish(topic, subject, message);
    }

    Departures departures() {
        return departures;
    }

    Retreats retreats() {
        return retreats;
    }

    /** The jar that is to serve: the one that is meant, unless it was rolled back. */
    Optional<StagedJar> wanted(String id) {
        return shelf.winner(id, !state.isMasked(id))
                .flatMap(shelf::copyOf)
                .map(retreats::insteadOf);
    }

    boolean isEnabled(String id) {
        return state.isEnabled(id);
    }

    Generation load(StagedJar jar, int number, Trial.Judge judge) {
        return loader.load(
                jar, number, new Trial(ledger, judge, retreats.isProven(jar)), placements(jar));
    }

    /** How the instances of a binding are to run; one that cannot run so says so when it starts. */
    private Set<Placement> placements(StagedJar jar) {
        Set<Placement> placements = new LinkedHashSet<>();
        for (InstanceConfig config : configs(jar.id())) {
            try {
                placements.add(config.placement().over(jar.card()));
            } catch (HostException _) {
                // Its start repeats it.
            }
        }
        return placements;
    }

    /** Gives instances that have no place yet one, whichever of them is started first. */
    void place(Set<String> ids) {
        state.append(
                ids.stream()
                        .filter(id -> wanted(id).isPresent())
                        .sorted()
                        .flatMap(id -> configs(id).stream())
                        .map(InstanceConfig::name)
                        .toList());
    }

    /** The instances that a binding is to have. */
    List<InstanceConfig> configs(String id) {
        List<InstanceConfig> configured =
                store.all().stream().filter(config -> config.binding().equals(id)).toList();
        boolean nameTaken = store.find(id).isPresent() || store.problems().containsKey(id);
        if (configured.isEmpty() && !nameTaken) {
            state.implicit(id, true);
        }
        return state.isImplicit(id) && !nameTaken
                ? java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(InstanceConfig.implicit(id)),
                                configured.stream())
                        .toList()
                : configured;
    }

    /** Those of them that have not been tried since their binding came. */
    List<InstanceConfig> missing(String id) {
        return configs(id).stream()
                .filter(config ->
                        table.find(config.name())
                                .filter(row -> row.state() != InstanceState.STOPPED)
                                .filter(row -> !row.exchanging())
                                .isEmpty())
                .toList();
    }

    /**
     * Starts an instance of a new generation; empty when it cannot serve yet, which the table says
     * then.
     *
     * @throws LifecycleException when it does not start although it serves in the old generation
     */
    Optional<RunningInstance> start(Generation generation, InstanceConfig config) {
        Optional<InstanceTable.Row> row = table.find(config.name());
        Optional<RunningInstance> running = row.flatMap(InstanceTable.Row::running);
        boolean serves =
                running.isPresent() || row.filter(InstanceTable.Row::exchanging).isPresent();
        try {
            if (!config.enabled()) {
                table.put(config, InstanceState.DISABLED, "switched off by the operator");
                return Optional.empty();
            }
            TypedConfig settings = store.settings().typed(config, generation.card().settings());
            if (!settings.missing().isEmpty()) {
                String needs = Wording.needs(config.name(), settings.missing());
                if (serves) {
                    throw new LifecycleException(needs);
                }
                table.put(config, InstanceState.NEEDS_CONFIGURATION, needs);
                return Optional.empty();
            }
            store.settings().bind(config, generation.card().settings());
            return Optional.of(starter.start(generation, config, settings, running));
        } catch (HostException | LifecycleException e) {
            String reason = String.valueOf(e.getMessage());
            if (serves) {
                throw new LifecycleException("instance %s: %s".formatted(config.name(), reason));
            }
            boolean waits = e instanceof LifecycleException failure && failure.needsConfiguration();
            table.put(
                    config,
                    waits ? InstanceState.NEEDS_CONFIGURATION : InstanceState.FAILED,
                    reason);
            return Optional.empty();
        }
    }

    /** Starts an instance with settings that are known to be complete. */
    RunningInstance start(
            Generation generation,
            InstanceConfig config,
            TypedConfig settings,
            Optional<RunningInstance> predecessor) {
        return starter.start(generation, config, settings, predecessor);
    }

    /** Notes that a generation serves, lets its instances serve, and ends those of older ones. */
    void takeOver(Generation generation, List<RunningInstance> started) {
        String id = generation.jar().id();
        List<RunningInstance> old =
                table.of(id).stream()
                        .flatMap(row -> row.running().stream())
                        .filter(running -> isSuperseded(running, started))
                        .toList();
        if (!started.isEmpty() || failureOfAll(id).isEmpty()) {
            note(generation.jar());
        }
        started.forEach(instance -> {
            instance.register(roster, lastRanking.incrementAndGet());
            table.serving(instance, "");
        });
        Checkpoint.INSTANCES_REGISTERED.reached();
        old.forEach(departures::superseded);
        Checkpoint.OLD_RETIRED.reached();
        copies.tidy();
    }

    private void note(StagedJar jar) {
        Path file = shelf.winner(jar.id(), true).map(Shelf.Entry::file).orElse(jar.jar());
        retreats.serves(jar, file);
        Checkpoint.SERVICE_NOTED.reached();
    }

    /** A call of what serves has succeeded. */
    void proven(String id) {
        state.proven(id);
    }

    /** An instance is superseded by its namesake, or by any of a newer generation. */
    private static boolean isSuperseded(RunningInstance old, List<RunningInstance> started) {
        return started.stream()
                .anyMatch(one ->
                        one.config().name().equals(old.config().name())
                                || one.generation().number() > old.generation().number());
    }

    /** Instances that have failed count as missing again. */
    void retry(String id) {
        table.of(id).stream()
                .filter(row -> row.state() == InstanceState.FAILED)
                .forEach(row -> table.put(row.config(), InstanceState.STOPPED, row.reason()));
    }

    /** Says so when an instance of a binding has more stuck calls than it may. */
    Optional<String> tooManyStuck(String id) {
        return table.of(id).stream()
                .flatMap(row -> row.running().stream())
                .map(RunningInstance::endpoint)
                .filter(endpoint ->
                        endpoint.stuckCalls()
                                >= Math.min(MOST_STUCK, endpoint.limits().concurrency()))
                .findFirst()
                .map(endpoint ->
                        "%d calls of %s ignore their cancellation and the interruption of their threads"
                                .formatted(endpoint.stuckCalls(), endpoint.instance()));
    }

    void failed(InstanceConfig config, String reason) {
        table.put(config, InstanceState.FAILED, reason);
    }

    /** No generation of the binding could be loaded. */
    void failed(String id, String reason) {
        configs(id)
                .forEach(config ->
                        table.put(config, InstanceState.FAILED, "its binding failed: " + reason));
    }

    /** Why all instances of a binding failed; empty when one did not. */
    Optional<String> failureOfAll(String id) {
        List<InstanceTable.Row> rows = table.of(id);
        boolean all = rows.stream().allMatch(row -> row.state() == InstanceState.FAILED);
        return all && !rows.isEmpty() ? Optional.of(rows.getFirst().reason()) : Optional.empty();
    }

    /** What the operator should know of the instances of a binding that serves; mostly nothing. */
    String remark(String id) {
        return table.of(id).stream()
                .filter(row -> !row.reason().isEmpty() && row.state() != InstanceState.DISABLED)
                .map(InstanceTable.Row::reason)
                .findFirst()
                .orElse("");
    }
}
