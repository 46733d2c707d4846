package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.Health;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.generation.Retirement;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.Draft;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.InstanceStore;
import dev.bindery.host.instance.LimitsOf;
import dev.bindery.host.state.HostState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator does with instances. */
final class InstancesDoor implements Instances {
    private static final int USUAL_CONCURRENCY = 64;

    private final InstanceStore store;
    private final HostState state;
    private final Supervisor supervisor;
    private final InstanceTable table;
    private final Retirement retirement;
    private final Changeover changeover;
    private final Renaming renaming;
    private final Commands commands;

    InstancesDoor(
            InstanceStore store,
            HostState state,
            Supervisor supervisor,
            InstanceTable table,
            Retirement retirement,
            Changeover changeover,
            Renaming renaming,
            Commands commands) {
        this.store = store;
        this.state = state;
        this.supervisor = supervisor;
        this.table = table;
        this.retirement = retirement;
        this.changeover = changeover;
        this.renaming = renaming;
        this.commands = commands;
    }

    @Override
    public List<InstanceStatus> list() {
        return table.all().stream().map(this::status).toList();
    }

    @Override
    public Optional<InstanceStatus> find(String name) {
        return table.find(name).map(this::status);
    }

    private InstanceStatus status(InstanceTable.Row row) {
        InstanceConfig config = row.config();
        Optional<BindingCard> card = supervisor.unit(config.binding()).flatMap(BindingUnit::card);
        ConfigTemplate template = card.map(BindingCard::settings).orElse(ConfigTemplate.EMPTY);
        Optional<Endpoint> endpoint = row.running().map(RunningInstance::endpoint);
        return new InstanceStatus(
                config.name(),
                config.binding(),
                row.state(),
                store.problem(config.name()).orElse(row.reason()),
                config.implicit(),
                config.enabled(),
                MaskedSettings.of(config, secrets(config.name()), template),
                template,
                config.defaultModel(),
                config.aliases(),
                endpoint.map(Endpoint::limits)
                        .orElseGet(() ->
                                LimitsOf.config(
                                        config.limits(),
                                        card.map(BindingCard::concurrency)
                                                .orElse(USUAL_CONCURRENCY))),
                card.map(config::placed).orElse(config.placement()),
                config.calls(),
                row.running().map(RunningInstance::health).orElse(Health.UP),
                endpoint.stream()
                        .flatMap(e -> e.models().all().stream())
                        .map(model -> model.info().name())
                        .toList(),
                endpoint.map(Endpoint::calls).orElse(0),
                endpoint.map(Endpoint::queuedCalls).orElse(0),
                endpoint.map(Endpoint::stuckCalls).orElse(0)
                        + retirement.stuckCalls(config.name()));
    }

    /** A file that cannot be read is told by the instance that needs it, not by the list. */
    private Map<String, JsonValue> secrets(String name) {
        try {
            return store.secrets(name).values();
        } catch (HostException e) {
            return Map.of();
        }
    }

    @Override
    public InstanceStatus configure(String name, InstanceChange change) {
        String binding = before(name, change).binding();
        BindingUnit unit =
                supervisor
                        .unit(binding)
                        .filter(found -> found.card().isPresent())
                        .orElseThrow(() ->
                                HostException.notFound(
                                        "there is no binding %s; there are: %s"
                                                .formatted(
                                                        binding,
                                                        String.join(
                                                                ", ",
                                                                supervisor.units().keySet()))));
        return unit.inTurn(() -> {
            ConfigTemplate template = unit.card().orElseThrow().settings();
            store.refresh(name);
            store.problem(name)
                    .ifPresent(problem -> {
                        throw HostException.invalid(problem + "; correct the file first");
                    });
            Draft draft = store.draft(before(name, change), change, template);
            changeover.apply(
                    unit,
                    draft.config(),
                    store.settings().typed(draft, template),
                    () -> store.commit(draft));
            return find(name).orElseThrow();
        });
    }

    @Override
    public InstanceStatus rename(String name, String to) {
        renaming.rename(name, to);
        return find(to).orElseThrow(() -> HostException.notFound(table.unknown(to)));
    }

    @Override
    public Optional<String> renamed(String name) {
        return table.renamed(name);
    }

    private InstanceConfig before(String name, InstanceChange change) {
        Optional<InstanceConfig> known =
                store.find(name).or(() -> table.find(name).map(InstanceTable.Row::config));
        if (known.isEmpty()) {
            return newInstance(name, change);
        }
        change.binding()
                .filter(binding -> !binding.equals(known.get().binding()))
                .ifPresent(binding -> {
                    throw new HostException(
                            HostException.Kind.CONFLICT,
                            "%s is an instance of %s and cannot become one of %s; add another instance, or remove this one first"
                                    .formatted(name, known.get().binding(), binding));
                });
        return known.get();
    }

    private InstanceConfig newInstance(String name, InstanceChange change) {
        String binding =
                change.binding()
                        .or(() -> supervisor.unit(name).map(_ -> name))
                        .orElseThrow(() ->
                                HostException.notFound(
                                        "%s; to add one, name its binding: bindery config %s --binding ID"
                                                .formatted(table.unknown(name), name)));
        InstanceConfig implicit = InstanceConfig.implicit(binding);
        return new InstanceConfig(
                name,
                binding,
                implicit.settings(),
                implicit.defaultModel(),
                implicit.aliases(),
                true,
                implicit.limits(),
                implicit.placement(),
                implicit.calls(),
                true);
    }

    @Override
    public void remove(String name) {
        InstanceConfig config =
                store.find(name)
                        .or(() -> table.find(name).map(InstanceTable.Row::config))
                        .orElseThrow(() -> HostException.notFound(table.unknown(name)));
        boolean isOnly = table.of(config.binding()).size() <= 1;
        if (config.implicit() && isOnly) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%s is the only instance of its binding; to end it: bindery disable %s"
                            .formatted(name, config.binding()));
        }
        supervisor
                .unit(config.binding())
                .ifPresentOrElse(
                        unit ->
                                unit.inTurn(() -> {
                                    forget(config);
                                    return true;
                                }),
                        () -> forget(config));
        supervisor.unit(config.binding()).ifPresent(BindingUnit::reconcileNow);
    }

    @Override
    public JsonValue execute(
            String name,
            String command,
            Map<String, JsonValue> arguments,
            ProgressListener listener) {
        InstanceConfig config =
                table.find(name)
                        .map(InstanceTable.Row::config)
                        .orElseThrow(() -> HostException.notFound(table.unknown(name)));
        BindingCard card =
                supervisor
                        .unit(config.binding())
                        .flatMap(BindingUnit::card)
                        .orElseThrow(() ->
                                HostException.notFound(
                                        "%s has no binding that could run it".formatted(name)));
        return commands.run(name, card, command, arguments, listener);
    }

    private void forget(InstanceConfig config) {
        try {
            store.remove(config.name());
            state.implicit(config.name(), false);
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "%s cannot be removed: %s".formatted(config.name(), e),
                    e);
        }
        supervisor.end(config);
    }
}
