package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ModelPolicy;
import dev.bindery.host.ServedModel;
import dev.bindery.host.presence.Roster;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which instance and model a client's name stands for: an alias, {@code instance/model}, an
 * instance's name alone, or a model's bare name.
 */
final class Resolution {
    private static final int NAMED_IN_ERRORS = 8;
    private static final int LONGEST_ECHO = 120;

    private final Roster<Endpoint> roster;
    private final Directory directory;

    Resolution(Roster<Endpoint> roster, Directory directory) {
        this.roster = roster;
        this.directory = directory;
    }

    /** An instance and the name of one of its models. */
    record Target(String instance, String model) {}

    /**
     * @throws BindingException {@link ErrorCode#MODEL_NOT_FOUND}, naming what there is
     */
    Target target(String name) {
        if (name.isBlank()) {
            throw BindingException.invalidRequest("a model is needed; there are: " + known());
        }
        String wanted = directory.alias(name).orElse(name);
        int slash = wanted.indexOf('/');
        String head = slash < 0 ? wanted : wanted.substring(0, slash);
        List<String> order = directory.order();
        if (slash > 0 && order.contains(head)) {
            return new Target(head, wanted.substring(slash + 1));
        }
        return bare(wanted, order).orElseThrow(() -> unknown(name));
    }

    private Optional<Target> bare(String name, List<String> order) {
        for (String instance : order) {
            if (endpoint(instance).flatMap(e -> e.models().find(name)).isPresent()) {
                return Optional.of(new Target(instance, name));
            }
        }
        return order.contains(name)
                ? Optional.of(new Target(name, onlyOrDefault(name)))
                : Optional.empty();
    }

    private String onlyOrDefault(String instance) {
        return directory
                .defaultModel(instance)
                .orElseThrow(() ->
                        BindingException.modelNotFound(
                                "%s is an instance without a default model; name one of its models: %s"
                                        .formatted(instance, known(instance))));
    }

    /** The model as the instance knows it, or, where any name is passed on, just its name. */
    ServedModel model(Endpoint endpoint, Target target) {
        return endpoint.models()
                .find(target.model())
                .or(() ->
                        endpoint.card().models() == ModelPolicy.OPEN
                                ? Optional.of(
                                        endpoint.models().served(ModelInfo.of(target.model())))
                                : Optional.empty())
                .orElseThrow(() -> unknown(target.instance() + "/" + target.model()));
    }

    private Optional<Endpoint> endpoint(String instance) {
        return roster.find(instance);
    }

    BindingException unknown(String name) {
        return BindingException.modelNotFound(
                "model '%s' not found%s there are: %s"
                        .formatted(shortened(name), nearest(name), known()));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_ECHO ? name : name.substring(0, LONGEST_ECHO) + "…";
    }

    private String nearest(String name) {
        int slash = name.indexOf('/');
        String head = slash < 0 ? name : name.substring(0, slash);
        return directory
                .renamed(head)
                .map(now ->
                        " (the instance %s is called %s now: '%s');"
                                .formatted(head, now, now + name.substring(head.length())))
                .orElseGet(() -> similar(name));
    }

    private String similar(String name) {
        return names().stream()
                .min(Comparator.comparingInt(other -> EditDistance.of(name, other)))
                .filter(other -> EditDistance.of(name, other) <= Math.max(2, name.length() / 3))
                .map(other -> " (did you mean '%s'?);".formatted(other))
                .orElse(";");
    }

    BindingException notPullable(String name, List<String> pullable) {
        return BindingException.modelNotFound(
                "model '%s' not found; to be pulled there are: %s"
                        .formatted(shortened(name), listed(pullable)));
    }

    private String known() {
        return listed(names());
    }

    private String known(String instance) {
        return listed(names().stream().filter(name -> name.startsWith(instance + "/")).toList());
    }

    private static String listed(List<String> names) {
        String some = names.stream().limit(NAMED_IN_ERRORS).collect(Collectors.joining(", "));
        if (names.isEmpty()) {
            return "none yet";
        }
        return names.size() > NAMED_IN_ERRORS
                ? some + ", and %d more".formatted(names.size() - NAMED_IN_ERRORS)
                : some;
    }

    private List<String> names() {
        return directory.order().stream()
                .flatMap(instance -> endpoint(instance).stream())
                .flatMap(endpoint -> endpoint.models().all().stream())
                .map(ServedModel::id)
                .toList();
    }
}
