package dev.bindery.host.call;

import dev.bindery.api.BindingCard;
import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import dev.bindery.host.ServedModel;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The models of one instance as they were when it was last asked. Thread-safe. */
public final class ModelSnapshot {
    private final String instance;
    private final BindingCard card;
    private final Instant since;
    private volatile List<ServedModel> models = List.of();
    private volatile List<ServedModel> offered = List.of();
    private volatile boolean known;

    /**
     * @param since when the binding came
     */
    public ModelSnapshot(String instance, BindingCard card, Instant since) {
        this.instance = instance;
        this.card = card;
        this.since = since;
    }

    /** Takes over what the predecessor knew, until this instance was asked itself. */
    public void inherit(ModelSnapshot predecessor) {
        models = predecessor.models.stream().map(model -> served(model.info())).toList();
        offered = predecessor.offered.stream().map(model -> served(model.info())).toList();
    }

    public void replace(List<ModelInfo> infos) {
        offered = infos.stream().map(this::served).toList();
        models = offered.stream().filter(model -> model.info().installed()).toList();
        known = true;
    }

    /** Whether this instance has told its models itself. */
    public boolean isKnown() {
        return known;
    }

    /** Those that can be used. */
    public List<ServedModel> all() {
        return models;
    }

    /** Those that could be pulled, too. */
    List<ServedModel> offered() {
        return offered;
    }

    public Optional<ServedModel> find(String name) {
        return models.stream().filter(model -> model.info().name().equals(name)).findFirst();
    }

    /** A model with what it can do: the card's capabilities, as far as it says it has them. */
    public ServedModel served(ModelInfo info) {
        Set<Capability> capabilities = new HashSet<>(card.capabilities());
        if (!info.capabilities().isEmpty()) {
            capabilities.retainAll(info.capabilities());
        }
        return new ServedModel(instance, info, capabilities, since);
    }
}
