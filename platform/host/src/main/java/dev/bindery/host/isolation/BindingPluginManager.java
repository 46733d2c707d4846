package dev.bindery.host.isolation;

import dev.bindery.host.artifact.StagedJar;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.RuntimeMode;
import org.pf4j.VersionManager;

/**
 * PF4J for one generation of one binding. It loads, finds the binding's class and unloads; folders,
 * dependencies between plugins and start and stop are not its business here. One manager for each
 * generation, because PF4J is not thread-safe and two generations of one id live side by side.
 */
final class BindingPluginManager extends AbstractPluginManager {
    private final StagedJar jar;
    private final List<Path> libraries;
    private final HostDoor door;
    private final boolean guarded;

    BindingPluginManager(StagedJar jar, List<Path> moreLibraries, HostDoor door, boolean guarded) {
        super(jar.folder());
        this.jar = jar;
        this.libraries = Stream.concat(jar.libraries().stream(), moreLibraries.stream()).toList();
        this.door = door;
        this.guarded = guarded;
    }

    @Override
    public RuntimeMode getRuntimeMode() {
        return RuntimeMode.DEPLOYMENT;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path path) {
                return descriptor();
            }
        };
    }

    private PluginDescriptor descriptor() {
        return new DefaultPluginDescriptor(
                jar.id(),
                jar.card().description(),
                Plugin.class.getName(),
                jar.card().version(),
                "*",
                jar.card().author(),
                jar.card().license());
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                return new BindingClassLoader(
                        BindingPluginManager.this, descriptor, door, classPath(path), guarded);
            }
        };
    }

    private ClassPath classPath(Path binding) {
        try {
            return new ClassPath(Stream.concat(Stream.of(binding), libraries.stream()).toList());
        } catch (UncheckedIOException e) {
            throw new PluginRuntimeException(e);
        }
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new BindingFinder(this);
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return _ -> new Plugin() {};
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of(jar.jar());
            }

            @Override
            public boolean deletePluginPath(Path path) {
                return false;
            }
        };
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String id) {
                return false;
            }

            @Override
            public void disablePlugin(String id) {}

            @Override
            public void enablePlugin(String id) {}
        };
    }
}
