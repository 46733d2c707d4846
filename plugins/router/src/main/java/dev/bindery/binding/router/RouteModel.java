package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Models;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A route as a model: it can do what one of its targets can, and takes what all of them take. A
 * target that is not there at the moment says nothing.
 */
final class RouteModel {
    private final Route route;
    private final List<ModelInfo> targets;

    RouteModel(Route route, Models models) {
        this.route = route;
        this.targets =
                route.targets().stream().flatMap(target -> info(target, models).stream()).toList();
    }

    private static Optional<ModelInfo> info(Target target, Models models) {
        try {
            return Optional.of(models.model(target.model()));
        } catch (BindingException _) {
            return Optional.empty();
        }
    }

    ModelInfo info() {
        return ModelInfo.builder(route.name())
                .description(
                        "Leads to "
                                + String.join(
                                        ", ", route.targets().stream().map(Target::model).toList()))
                .capabilities(capabilities())
                .contextLength(least(ModelInfo::contextLength))
                .maxOutputTokens(least(ModelInfo::maxOutputTokens))
                .embeddingDimensions(dimensions())
                .metadata(
                        JsonObject.of(
                                "targets", route.targets().stream().map(Target::model).toList()))
                .build();
    }

    private Set<Capability> capabilities() {
        Set<Capability> any = new HashSet<>();
        targets.forEach(target -> any.addAll(target.capabilities()));
        return any;
    }

    private @Nullable Integer least(Function<ModelInfo, OptionalInt> length) {
        OptionalInt least =
                targets.stream()
                        .map(length)
                        .filter(OptionalInt::isPresent)
                        .mapToInt(OptionalInt::getAsInt)
                        .min();
        return least.isPresent() ? least.getAsInt() : null;
    }

    /** Vectors come from one model only: that of the first target. */
    private @Nullable Integer dimensions() {
        List<String> same = route.interchangeable().stream().map(Target::model).toList();
        return targets.stream()
                .filter(target -> same.contains(target.name()))
                .map(ModelInfo::embeddingDimensions)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .findFirst()
                .orElse(null);
    }
}
