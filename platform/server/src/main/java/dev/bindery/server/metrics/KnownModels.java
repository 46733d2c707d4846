package dev.bindery.server.metrics;

import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which models have figures of their own: those that are listed. A binding that takes any name
 * would otherwise have a series for every name that a client makes up.
 */
final class KnownModels {
    /** Stands for all models of an instance that it does not list. */
    static final String OTHER = "_OTHER";

    private final ModelRouter models;
    private final Instances instances;

    KnownModels(ModelRouter models, Instances instances) {
        this.models = models;
        this.instances = instances;
    }

    boolean lists(ServedModel model) {
        return models.models().stream().map(ServedModel::id).anyMatch(model.id()::equals);
    }

    /** The id of the binding that an instance is of; absent for one that is not there any more. */
    Optional<String> binding(String instance) {
        return instances.find(instance).map(InstanceStatus::binding);
    }

    /**
     * Whether series are of something that is gone: of no instance any more, or of a model that its
     * instance, which serves, does not list.
     */
    Predicate<CallLabels> removed() {
        Map<String, InstanceStatus> present =
                instances.list().stream()
                        .collect(
                                Collectors.toMap(
                                        InstanceStatus::name, Function.identity(), (a, _) -> a));
        List<ServedModel> listed = models.models();
        Set<String> ids = listed.stream().map(ServedModel::id).collect(Collectors.toSet());
        return labels -> {
            InstanceStatus instance = present.get(labels.instance());
            return instance == null
                    || (instance.state() == InstanceState.ACTIVE
                            && !labels.model().equals(OTHER)
                            && !ids.contains(labels.instance() + "/" + labels.model()));
        };
    }
}
