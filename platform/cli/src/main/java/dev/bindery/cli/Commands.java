package dev.bindery.cli;

import dev.bindery.cli.shell.Shell;
import java.util.List;

/**
 * The commands, in the order in which help lists them. Each is made when it is called: describing
 * all of them to the parser of the command line takes longer than most of them run.
 */
final class Commands {
    static final List<String> NAMES =
            List.of(
                    "run",
                    "stop",
                    "list",
                    "info",
                    "install",
                    "uninstall",
                    "enable",
                    "disable",
                    "reload",
                    "rollback",
                    "instances",
                    "config",
                    "exec",
                    "models",
                    "pull",
                    "rm",
                    "chat",
                    "keys",
                    "open",
                    "status",
                    "logs",
                    "shell",
                    "doctor",
                    "new",
                    "verify",
                    "completion",
                    "fetch");

    private Commands() {}

    /**
     * Those that have to be known for a call: all, where it does not name one that needs no other.
     */
    static List<String> neededFor(String... arguments) {
        boolean one =
                arguments.length > 0
                        && NAMES.contains(arguments[0])
                        && !arguments[0].equals("completion");
        return one ? List.of(arguments[0]) : NAMES;
    }

    /**
     * @param name one of {@link #NAMES}
     */
    static Object named(String name, Shell shell) {
        return switch (name) {
            case "run" -> new RunCommand(shell);
            case "stop" -> new StopCommand(shell);
            case "list" -> new ListCommand(shell);
            case "info" -> new InfoCommand(shell);
            case "install" -> new InstallCommand(shell);
            case "uninstall" -> new UninstallCommand(shell);
            case "enable" -> new EnableCommand(shell);
            case "disable" -> new DisableCommand(shell);
            case "reload" -> new ReloadCommand(shell);
            case "rollback" -> new RollbackCommand(shell);
            case "instances" -> new InstancesCommand(shell);
            case "config" -> new ConfigCommand(shell);
            case "exec" -> new ExecCommand(shell);
            case "models" -> new ModelsCommand(shell);
            case "pull" -> new PullCommand(shell);
            case "rm" -> new RmCommand(shell);
            case "chat" -> new ChatCommand(shell);
            case "keys" -> new KeysCommand(shell);
            case "open" -> new OpenCommand(shell);
            case "status" -> new StatusCommand(shell);
            case "logs" -> new LogsCommand(shell);
            case "shell" -> new ShellCommand(shell);
            case "doctor" -> new DoctorCommand(shell);
            case "new" -> new NewCommand(shell);
            case "verify" -> new VerifyCommand(shell);
            case "completion" -> new CompletionCommand(shell);
            case "fetch" -> new FetchCommand(shell);
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }
}
