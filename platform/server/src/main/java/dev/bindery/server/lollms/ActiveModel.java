package dev.bindery.server.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Fields;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * LoLLMs has one active binding and one active model. Here every model answers at any time; who
 * names none gets that of the first instance in the operator's order: its default model, or its
 * first. A key that is limited to some models gets the first of those. Safe for all threads.
 */
final class ActiveModel {
    private final ModelRouter router;
    private final Instances instances;

    ActiveModel(ModelRouter router, Instances instances) {
        this.router = router;
        this.instances = instances;
    }

    /** The instance that counts as active; absent while none has a model. */
    Optional<InstanceStatus> instance() {
        return withModels().findFirst();
    }

    private Stream<InstanceStatus> withModels() {
        return instances.list().stream().filter(each -> !each.models().isEmpty());
    }

    /** The name of the model that counts as active; absent while there is none. */
    Optional<String> name() {
        return withModels().flatMap(ActiveModel::names).filter(this::isServed).findFirst();
    }

    private static Stream<String> names(InstanceStatus instance) {
        return Stream.concat(instance.defaultModel().stream(), instance.models().stream())
                .map(model -> instance.name() + "/" + model);
    }

    /** Some models are not for every key. */
    private boolean isServed(String name) {
        try {
            router.resolve(name);
            return true;
        } catch (BindingException | Refusal e) {
            return false;
        }
    }

    /** The model that a request names, as {@code binding::model} or as any other API does. */
    String named(Fields body) {
        return named(body.text("model_name"));
    }

    /** The model of such a name; where there is none, the active one. */
    String named(@Nullable String named) {
        return named == null || named.isEmpty()
                ? name().orElseThrow(ActiveModel::none)
                : named.replaceFirst("::", "/");
    }

    /** As {@link #named}; where none is named, the first model that makes vectors. */
    String namedForVectors(Fields body) {
        String named = body.text("model_name");
        return named == null || named.isEmpty()
                ? router.models().stream()
                        .filter(model -> model.capabilities().contains(Capability.EMBEDDINGS))
                        .map(ServedModel::id)
                        .findFirst()
                        .orElseThrow(ActiveModel::none)
                : named.replaceFirst("::", "/");
    }

    private static Refusal none() {
        return Refusal.of(
                404, ErrorCode.MODEL_NOT_FOUND.name(), "there is no model that could be asked");
    }
}
