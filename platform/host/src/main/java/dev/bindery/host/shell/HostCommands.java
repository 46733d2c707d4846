package dev.bindery.host.shell;

import dev.bindery.api.Capability;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Event;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;

/** The shell's commands for the host as a whole. Public for Gogo, which calls them by name. */
public final class HostCommands {
    static final String[] FUNCTIONS = {"models", "status", "events"};

    private static final int MOST_BEHIND = 1000;

    private final Doors doors;

    HostCommands(Doors doors) {
        this.doors = doors;
    }

    @Descriptor("list the models that answer now")
    public String models() {
        Table table = new Table("MODEL", "CAPABILITIES");
        for (ServedModel model : doors.models().models()) {
            table.row(
                    model.id(),
                    model.capabilities().stream()
                            .map(Capability::name)
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
        return table.text();
    }

    @Descriptor("say how the host stands")
    public String status() {
        List<BindingStatus> bindings = doors.bindings().list();
        List<InstanceStatus> instances = doors.instances().list();
        Runtime runtime = Runtime.getRuntime();
        Table table = new Table("WHAT", "HOW IT IS");
        table.row("home", doors.home().root().toString());
        table.row("bindings", counted(bindings, binding -> binding.state().name()));
        table.row("instances", counted(instances, instance -> instance.state().name()));
        table.row("models", String.valueOf(doors.models().models().size()));
        table.row(
                "calls",
                instances.stream().mapToInt(InstanceStatus::activeCalls).sum()
                        + " in flight, "
                        + instances.stream().mapToInt(InstanceStatus::queuedCalls).sum()
                        + " queued");
        table.row("heap", (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000 + " MB used");
        table.row("last event", String.valueOf(doors.events().lastId()));
        return table.text();
    }

    private static <T> String counted(List<T> all, java.util.function.Function<T, String> state) {
        Map<String, Long> counts =
                all.stream()
                        .collect(Collectors.groupingBy(state, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    @Descriptor("show the latest events")
    public void events(
            @Descriptor("go on until interrupted")
                    @Parameter(
                            names = {"-f", "--follow"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean follow,
            @Descriptor("how many of the latest to show")
                    @Parameter(
                            names = {"-n", "--lines"},
                            absentValue = "20")
                    int lines)
            throws InterruptedException {
        BlockingQueue<Event> coming = new LinkedBlockingQueue<>(MOST_BEHIND);
        try (var _ = doors.events().subscribe(follow ? coming::offer : _ -> {})) {
            List<Event> kept = doors.events().after(0);
            kept.subList(Math.max(0, kept.size() - Math.max(0, lines)), kept.size())
                    .forEach(HostCommands::show);
            long last = kept.isEmpty() ? doors.events().lastId() : kept.getLast().id();
            while (follow && !System.out.checkError()) {
                Event next = coming.take();
                if (next.id() <= last) {
                    continue;
                }
                if (next.id() > last + 1) {
                    System.out.printf("… %d events were lost%n", next.id() - last - 1);
                }
                show(next);
                last = next.id();
            }
        }
    }

    /** Standard output is the session's, or the next command's of a pipe. */
    private static void show(Event event) {
        System.out.printf(
                "%s %-5s %s %s %s%n",
                event.time(), event.level(), event.topic(), event.subject(), event.message());
    }
}
