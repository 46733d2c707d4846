package dev.bindery.host.shell;

import dev.bindery.host.BindingStatus;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Shell.Completion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What may stand where the cursor is: a command, or what the command before it is about. */
final class Completer {
    private static final String COMMANDS = ".commands";
    private static final String HIDDEN_SCOPE = "osgi:";

    private final BundleContext context;
    private final Doors doors;

    Completer(BundleContext context, Doors doors) {
        this.context = context;
        this.doors = doors;
    }

    List<Completion> complete(CommandSession session, String line) {
        List<String> words = words(line);
        String begun = words.getLast();
        List<Completion> all = words.size() == 1 ? commands(session) : arguments(session, words);
        return all.stream().filter(each -> each.value().startsWith(begun)).toList();
    }

    /** The words of the statement that the line ends with; the last one may be empty. */
    private static List<String> words(String line) {
        String[] statements = line.split("[|;&{(\\[]", -1);
        String statement = statements[statements.length - 1].stripLeading();
        return Arrays.asList(statement.split("\\s+", -1));
    }

    private List<Completion> arguments(CommandSession session, List<String> words) {
        String command = words.getFirst().replaceFirst("^bindery:", "");
        return switch (command) {
            case "info", "enable", "disable", "reload", "rollback", "uninstall" -> bindings();
            case "config" -> words.size() == 2 ? instances() : settings(words.get(1));
            case "events" -> List.of(new Completion("-f", "follow"), new Completion("-n", "lines"));
            case "help", "felix:help" -> commands(session);
            case "stop", "start", "update", "headers", "felix:stop", "felix:start" -> bundles();
            default -> List.of();
        };
    }

    /** Short where no other scope has the name before it, and with the scope always. */
    private static List<Completion> commands(CommandSession session) {
        Set<String> values = new TreeSet<>();
        if (session.get(COMMANDS) instanceof Set<?> names) {
            for (Object name : names) {
                String whole = String.valueOf(name);
                if (!whole.startsWith(HIDDEN_SCOPE)) {
                    values.add(whole);
                    values.add(whole.substring(whole.indexOf(':') + 1));
                }
            }
        }
        return values.stream().map(value -> new Completion(value, "")).toList();
    }

    private List<Completion> bindings() {
        List<Completion> ids = new ArrayList<>();
        for (BindingStatus binding : doors.bindings().list()) {
            ids.add(new Completion(binding.id(), binding.state().name()));
        }
        return ids;
    }

    private List<Completion> instances() {
        List<Completion> names = new ArrayList<>();
        for (InstanceStatus instance : doors.instances().list()) {
            names.add(new Completion(instance.name(), instance.binding()));
        }
        return names;
    }

    private List<Completion> settings(String instance) {
        return doors.instances().find(instance).stream()
                .flatMap(found -> found.template().entries().stream())
                .map(entry -> new Completion(entry.name() + "=", entry.help()))
                .toList();
    }

    private List<Completion> bundles() {
        List<Completion> ids = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            ids.add(
                    new Completion(
                            String.valueOf(bundle.getBundleId()),
                            String.valueOf(bundle.getSymbolicName())));
        }
        return ids;
    }
}
