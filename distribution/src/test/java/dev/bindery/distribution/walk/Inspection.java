package dev.bindery.distribution.walk;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.distribution.sequence.Origin;
import dev.bindery.distribution.sequence.Sequence;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Event;
import dev.bindery.host.Host;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds a host against a model. */
final class Inspection {
    private static final Sequence SHORT = new Sequence(3, 0, 7);
    private static final Set<ErrorCode> ABSENT =
            Set.of(ErrorCode.MODEL_NOT_FOUND, ErrorCode.UPSTREAM_UNAVAILABLE);

    private final Subject subject;
    private final Model model;
    private final List<String> wrong = new ArrayList<>();

    private Inspection(Subject subject, Model model) {
        this.subject = subject;
        this.model = model;
    }

    /** What is not as it must be; empty when all is. */
    static List<String> of(Subject subject, Model model) {
        Inspection inspection = new Inspection(subject, model);
        inspection.bindings();
        inspection.instances();
        return inspection.wrong;
    }

    private Host host() {
        return subject.host();
    }

    private void expect(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            wrong.add("%s: expected %s, found %s".formatted(what, expected, found));
        }
    }

    private void bindings() {
        Map<String, String> expected = new TreeMap<>();
        for (Model.Binding binding : model.bindings.values()) {
            if (binding.isThere) {
                expected.put(binding.id, binding.state() + " " + binding.shown());
            }
        }
        expect("bindings", expected, states(host()));
        model.bindings.values().stream().filter(one -> one.isThere).forEach(this::reason);
    }

    private void reason(Model.Binding binding) {
        String reason = host().bindings().find(binding.id).map(BindingStatus::reason).orElse("");
        boolean isRight = binding.isWhole && binding.version.equals(binding.serving);
        if (binding.enabled && isRight != reason.isEmpty()) {
            wrong.add("%s: the reason is '%s'".formatted(binding.id, reason));
        }
    }

    /** Every binding's state and version. */
    static Map<String, String> states(Host host) {
        return host.bindings().list().stream()
                .collect(
                        Collectors.toMap(
                                BindingStatus::id,
                                status -> status.state() + " " + status.version(),
                                (one, other) -> one + " and " + other,
                                TreeMap::new));
    }

    private void instances() {
        expect(
                "instances",
                model.instances.keySet(),
                host().instances().list().stream()
                        .map(InstanceStatus::name)
                        .collect(Collectors.toSet()));
        model.instances.values().forEach(this::instance);
    }

    private void instance(Model.Instance instance) {
        boolean serves = instance.binding.serves();
        boolean isActive =
                host().instances().find(instance.name).stream()
                        .anyMatch(status -> status.state() == InstanceState.ACTIVE);
        expect(instance.name + " is active", serves, isActive);
        try {
            Origin found = OpenCall.begin(host(), instance.name, SHORT).end();
            Origin expected =
                    new Origin(
                            instance.binding.serving,
                            found.loader(),
                            instance.name,
                            instance.live,
                            instance.fresh);
            expect(instance.name + " answers", expected, found);
            expect(instance.name + " began last", instance.binding.serving, lastStart(instance));
        } catch (BindingException e) {
            expect(instance.name + " answers (" + e.getMessage() + ")", serves, false);
            expect("the error is one of absence: " + e, true, ABSENT.contains(e.code()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the instance has last written into its own folder. */
    private String lastStart(Model.Instance instance) {
        Path starts = subject.data(instance.name).resolve("starts");
        try {
            return Files.readAllLines(starts).getLast();
        } catch (IOException e) {
            return "nothing: " + e;
        }
    }

    /** Transitions between two views that no event tells of. */
    static List<String> untold(
            Map<String, String> before, Map<String, String> after, List<Event> events) {
        Set<String> told =
                events.stream()
                        .map(event -> event.topic() + " " + event.subject())
                        .collect(Collectors.toSet());
        List<String> untold = new ArrayList<>();
        after.forEach((id, state) -> {
            String word = state.substring(0, state.indexOf(' '));
            boolean isNew = !before.getOrDefault(id, "").startsWith(word + " ");
            boolean isSwapped = word.equals("ACTIVE") && !state.equals(before.get(id));
            if ((isNew || isSwapped) && !told.contains("binding/" + word + " " + id)) {
                untold.add("%s became %s: no event says so".formatted(id, state));
            }
        });
        before.keySet().stream()
                .filter(id -> !after.containsKey(id))
                .filter(id -> !told.contains("binding/UNLOADED " + id))
                .filter(id -> !told.contains("binding/UNLOADED " + id + ".jar"))
                .forEach(id -> untold.add(id + " is gone: no event says so"));
        return untold;
    }
}
