package dev.bindery.host.diagnosis;

import dev.bindery.api.Health;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Finding;
import dev.bindery.host.Host;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at what a running host has: bindings, instances, what was unloaded. */
public final class HostExamination {
    private HostExamination() {}

    /** Everything, the home included. */
    public static List<Finding> of(Host host) {
        List<Finding> findings = new ArrayList<>(HomeExamination.of(host.home()));
        List<InstanceStatus> instances = host.instances().list();
        List<String> said = instances.stream().map(InstanceStatus::reason).toList();
        for (BindingStatus binding : host.bindings().list()) {
            // A binding that serves repeats what its instances say.
            if (binding.state() != BindingState.ACTIVE
                    || binding.reason().isEmpty()
                    || !said.contains(binding.reason())) {
                findings.add(binding(binding));
            }
        }
        Set<String> bundled =
                host.bindings().list().stream()
                        .filter(BindingStatus::bundled)
                        .map(BindingStatus::id)
                        .collect(Collectors.toSet());
        instances.forEach(instance ->
                findings.addAll(instance(instance, bundled.contains(instance.binding()))));
        uncollected(host, findings);
        return List.copyOf(findings);
    }

    private static Finding binding(BindingStatus binding) {
        String id = binding.id();
        String reason = binding.reason();
        return switch (binding.state()) {
            case ACTIVE ->
                    reason.isEmpty()
                            ? Finding.fine(id, "version %s serves".formatted(binding.version()))
                            : Finding.problem(id, reason, "put a jar that works in its place");
            case STAGED, VERIFIED, STARTING, DRAINING, UNLOADED ->
                    Finding.note(id, said(binding), "wait a moment, and ask again");
            case DISABLED ->
                    Finding.note(id, said(binding), "to let it serve: bindery enable " + id);
            case SHADOWED -> Finding.note(id, said(binding), "remove the jar that you do not want");
            case FAILED ->
                    Finding.problem(
                            id,
                            said(binding),
                            binding.card().isEmpty()
                                    ? "put a whole and correct jar in the place of "
                                            + binding.file()
                                    : "repair it and copy it again, or try again: bindery reload "
                                            + id);
            case QUARANTINED ->
                    Finding.problem(
                            id,
                            said(binding),
                            "look into the log, then let it serve again: bindery enable " + id);
            case AWAITING_APPROVAL ->
                    Finding.problem(id, said(binding), "if you trust it: bindery enable " + id);
            case LEAKED ->
                    Finding.problem(
                            id,
                            said(binding),
                            "tell its author; the memory is free again when the host is restarted");
        };
    }

    private static String said(BindingStatus binding) {
        return binding.state() + (binding.reason().isEmpty() ? "" : ": " + binding.reason());
    }

    /**
     * @param bundled whether its binding came with the distribution: that nobody has configured it
     *     is then no mistake
     */
    private static List<Finding> instance(InstanceStatus instance, boolean bundled) {
        List<Finding> findings = new ArrayList<>();
        String name = instance.name();
        String said = instance.state() + ": " + instance.reason();
        if (instance.state() == InstanceState.NEEDS_CONFIGURATION) {
            String advice = "give it: bindery config " + name;
            findings.add(
                    bundled && instance.implicit()
                            ? Finding.note(name, said, advice)
                            : Finding.problem(name, said, advice));
        } else if (instance.state() == InstanceState.FAILED) {
            findings.add(
                    Finding.problem(name, said, "look at its settings: bindery config " + name));
        } else if (!instance.health().status().equals(Health.UP.status())
                && instance.state() == InstanceState.ACTIVE) {
            String says = "it serves, but says of itself: " + instance.health().reason();
            String advice = "see whether what it depends on is there";
            boolean unused = bundled && instance.implicit() && instance.models().isEmpty();
            findings.add(
                    unused
                            ? Finding.note(name, says, advice)
                            : Finding.problem(name, says, advice));
        }
        if (instance.stuckCalls() > 0) {
            findings.add(stuck(instance));
        }
        return findings;
    }

    private static Finding stuck(InstanceStatus instance) {
        return Finding.problem(
                instance.name(),
                "%d of its calls ignore their cancellation and go on"
                        .formatted(instance.stuckCalls()),
                instance.placement().isApart()
                        ? "tell the binding's author; to end them with their process: bindery reload "
                                + instance.binding()
                        : "tell the binding's author; their threads end with the host only. In a process of its own they can be ended: bindery config %s --isolation process"
                                .formatted(instance.name()));
    }

    private static void uncollected(Host host, List<Finding> findings) {
        List<String> uncollected = host.uncollected();
        boolean leaks =
                host.bindings().list().stream()
                        .anyMatch(binding -> binding.state() == BindingState.LEAKED);
        if (!uncollected.isEmpty() && !leaks) {
            findings.add(
                    Finding.note(
                            "memory",
                            "classes of unloaded generations are still in memory: "
                                    + String.join(", ", uncollected),
                            "none yet; the JVM collects them when it next has to"));
        }
    }
}
