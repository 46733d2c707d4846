package dev.bindery.server;

import dev.bindery.host.Bindings;
import dev.bindery.host.Events;
import dev.bindery.host.Finding;
import dev.bindery.host.Host;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The host that a server stands in front of, as far as it needs it.
 *
 * @param version Bindery's version
 * @param home the host's home
 * @param models answers the LLM APIs
 * @param bindings for the admin API
 * @param instances for the admin API
 * @param events for the admin API
 * @param shell for the admin API
 * @param pending what the host still waits for before it is ready, in words; asked often
 * @param uncollected the unloaded generations whose classes are still in memory
 * @param examination what is wrong with the host, and what to do about it
 */
public record ServedHost(
        String version,
        Path home,
        ModelRouter models,
        Bindings bindings,
        Instances instances,
        Events events,
        Shell shell,
        Supplier<List<String>> pending,
        Supplier<List<String>> uncollected,
        Supplier<List<Finding>> examination) {
    /** The whole of a running host. */
    public static ServedHost of(Host host, String version) {
        return new ServedHost(
                version,
                host.home().root(),
                host.models(),
                host.bindings(),
                host.instances(),
                host.events(),
                host.shell(),
                host::pending,
                host::uncollected,
                host::examine);
    }
}
