package dev.bindery.host.shell;

import dev.bindery.host.BindingStatus;
import dev.bindery.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.felix.service.command.Descriptor;

/** The shell's commands for the jars. Public for Gogo, which calls them by their names. */
public final class BindingCommands {
    static final String[] FUNCTIONS = {
        "list", "info", "enable", "disable", "reload", "rollback", "install", "uninstall"
    };

    private final Doors doors;

    BindingCommands(Doors doors) {
        this.doors = doors;
    }

    @Descriptor("list the bindings, and why those that do not serve do not")
    public String list() {
        Table table = new Table("ID", "VERSION", "STATE", "GENERATION", "INSTANCES");
        for (BindingStatus binding : doors.bindings().list()) {
            table.row(
                    List.of(
                            binding.id(),
                            binding.version().isEmpty() ? "-" : binding.version(),
                            binding.state().name(),
                            binding.generation() == 0 ? "-" : "#" + binding.generation(),
                            String.join(", ", binding.instances())),
                    binding.reason().isEmpty() ? List.of() : List.of(binding.reason()));
        }
        return table.text();
    }

    @Descriptor("show what is known of a binding")
    public String info(@Descriptor("its id") String id) {
        BindingStatus binding =
                doors.bindings()
                        .find(id)
                        .orElseThrow(() -> HostException.notFound("there is no binding " + id));
        Table table = new Table("FIELD", "VALUE");
        table.row("id", binding.id());
        table.row("state", binding.state().name());
        table.row("reason", binding.reason());
        table.row("version", binding.version());
        table.row("generation", String.valueOf(binding.generation()));
        table.row("instances", String.join(", ", binding.instances()));
        table.row("bundled", String.valueOf(binding.bundled()));
        table.row("file", binding.file().toString());
        table.row("sha256", binding.sha256());
        table.row("since", binding.since().toString());
        binding.card()
                .ifPresent(card -> {
                    table.row("description", card.description());
                    table.row("license", card.license());
                    table.row("isolation", card.isolation().yamlName());
                });
        return table.text();
    }

    @Descriptor("let disabled bindings serve again")
    public String enable(@Descriptor("their ids") String[] ids) {
        return each(ids, doors.bindings()::enable);
    }

    @Descriptor("end the calls of bindings, and keep them away until they are enabled")
    public String disable(@Descriptor("their ids") String[] ids) {
        return each(ids, doors.bindings()::disable);
    }

    @Descriptor("start bindings afresh from their jars, without a call failing")
    public String reload(@Descriptor("their ids") String[] ids) {
        return each(ids, doors.bindings()::reload);
    }

    @Descriptor("go back to the versions that served before, without a call failing")
    public String rollback(@Descriptor("their ids") String[] ids) {
        return each(ids, doors.bindings()::rollback);
    }

    @Descriptor("put a jar of this machine into the drop folder")
    public String install(@Descriptor("the jar, with its whole path") String jar)
            throws IOException {
        Path file = Path.of(jar).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw HostException.notFound("the host sees no file " + file);
        }
        return sentence(doors.bindings().install(file));
    }

    @Descriptor("remove bindings")
    public String uninstall(@Descriptor("their ids") String[] ids) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String id : given(ids)) {
            doors.bindings().uninstall(id);
            lines.add(id + ": uninstalled");
        }
        return String.join("\n", lines);
    }

    private static String each(String[] ids, Function<String, BindingStatus> change) {
        List<String> lines = new ArrayList<>();
        for (String id : given(ids)) {
            lines.add(sentence(change.apply(id)));
        }
        return String.join("\n", lines);
    }

    private static String[] given(String[] ids) {
        if (ids.length == 0) {
            throw HostException.invalid("name at least one binding; list shows them");
        }
        return ids;
    }

    private static String sentence(BindingStatus binding) {
        String reason = binding.reason().isEmpty() ? "" : ": " + binding.reason();
        return binding.id() + ": " + binding.state() + reason;
    }
}
