package dev.bindery.host.shell;

import dev.bindery.host.HostException;
import dev.bindery.host.Shell;
import dev.bindery.host.presence.FelixFramework;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.activator.Activator;
import org.apache.felix.gogo.shell.Builtin;
import org.apache.felix.gogo.shell.Converters;
import org.apache.felix.gogo.shell.Posix;
import org.apache.felix.gogo.shell.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.threadio.ThreadIO;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Gogo's runtime and commands, running as part of the system bundle, so that their classes are the
 * ones that the host sees and exports. Of {@code gogo.shell} only the commands are used: its
 * activator would take over the process's own terminal.
 */
final class Gogo implements AutoCloseable {
    private static final int ABOVE_FELIX = 1000;
    private static final String SCOPES = "bindery:felix:gogo:*";

    private final BundleContext context;
    private final Processor runtime = new Processor();
    private final List<ServiceRegistration<?>> commands = new ArrayList<>();
    private final Completer completer;

    private Gogo(BundleContext context, Doors doors) {
        this.context = context;
        this.completer = new Completer(context, doors);
    }

    static Gogo start(FelixFramework framework, Doors doors) {
        Gogo gogo = new Gogo(framework.context(), doors);
        try {
            gogo.runtime.start(gogo.context);
            new org.apache.felix.gogo.command.Activator().start(gogo.context);
        } catch (Exception e) {
            throw new HostException(
                    HostException.Kind.FAILED, "the shell does not start: " + e.getMessage(), e);
        }
        gogo.register(framework, doors);
        return gogo;
    }

    private void register(FelixFramework framework, Doors doors) {
        commands.add(context.registerService(Converter.class, new Converters(context), null));
        commands("bindery", new BindingCommands(doors), 0, BindingCommands.FUNCTIONS);
        commands("bindery", new InstanceCommands(doors), 0, InstanceCommands.FUNCTIONS);
        commands("bindery", new HostCommands(doors), 0, HostCommands.FUNCTIONS);
        commands("felix", new BundleCommands(framework), ABOVE_FELIX, BundleCommands.FUNCTIONS);
        commands("gogo", new Builtin(), 0, "format", "getopt", "new", "set", "tac", "type");
        commands("gogo", new Posix(), 0, "cat", "echo", "grep");
        commands(
                "gogo", new Procedural(), 0, "each", "if", "not", "throw", "try", "until", "while");
    }

    @SuppressWarnings("JdkObsolete") // OSGi takes a Dictionary, and Hashtable is the one there is.
    private void commands(String scope, Object target, int ranking, String... functions) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, scope);
        properties.put(CommandProcessor.COMMAND_FUNCTION, functions);
        properties.put(Constants.SERVICE_RANKING, ranking);
        commands.add(context.registerService(Object.class, target, properties));
    }

    Shell.Session open() {
        SessionOutput output = new SessionOutput();
        CommandSession session =
                runtime.processor().createSession(InputStream.nullInputStream(), output, output);
        session.put("SCOPE", SCOPES);
        return new GogoSession(session, output, completer);
    }

    @Override
    public void close() {
        commands.forEach(ServiceRegistration::unregister);
        runtime.stop(context);
    }

    /** Without the listener that would post every line, secrets included, to EventAdmin. */
    private static final class Processor extends Activator {
        @Override
        protected ServiceRegistration<?> newProcessor(ThreadIO threads, BundleContext context) {
            processor = new CommandProcessorImpl(threads);
            processor.addConstant(CONTEXT, context);
            return context.registerService(CommandProcessor.class, processor, null);
        }

        CommandProcessorImpl processor() {
            return processor;
        }
    }
}
