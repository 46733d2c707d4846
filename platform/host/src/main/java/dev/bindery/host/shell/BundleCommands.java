package dev.bindery.host.shell;

import dev.bindery.host.HostException;
import dev.bindery.host.presence.FelixFramework;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Felix's commands that end bundles, kept away from the host's own: without those nothing serves.
 * Public for Gogo, which calls them by their names.
 */
public final class BundleCommands {
    static final String[] FUNCTIONS = {"stop", "uninstall", "frameworklevel"};

    private final FelixFramework framework;

    BundleCommands(FelixFramework framework) {
        this.framework = framework;
    }

    @Descriptor("stop bundles of extensions")
    public void stop(@Descriptor("their ids") Bundle[] bundles) throws BundleException {
        for (Bundle bundle : extensions(bundles)) {
            bundle.stop();
        }
    }

    @Descriptor("uninstall bundles of extensions; a jar that stays in its folder comes back")
    public void uninstall(@Descriptor("their ids") Bundle[] bundles) throws BundleException {
        for (Bundle bundle : extensions(bundles)) {
            bundle.uninstall();
        }
    }

    @Descriptor("show the framework's start level; changing it is the host's own business")
    public int frameworklevel(@Descriptor("none") String[] level) {
        if (level.length > 0) {
            throw HostException.invalid("the framework's start level is the host's own business");
        }
        return framework.context().getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
    }

    private List<Bundle> extensions(Bundle[] bundles) {
        for (Bundle bundle : bundles) {
            if (framework.isOwn(bundle)) {
                throw HostException.invalid(
                        "%s is the host's own, and nothing serves without it; to stop the host, end its process"
                                .formatted(bundle.getSymbolicName()));
            }
        }
        return List.of(bundles);
    }
}
