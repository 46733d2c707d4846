package dev.bindery.host.isolation;

import dev.bindery.api.LlmBinding;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.leak.LoaderTrace;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.pf4j.PluginRuntimeException;

/**
 * The code of one generation behind a class loader of its own. One thread at a time opens and
 * closes it; objects may be made from any.
 */
public final class BindingCode implements LoadedCode {
    private static final SharedPackages SHARED = SharedPackages.load();

    private final StagedJar jar;
    private final BindingPluginManager manager;
    private final Class<? extends LlmBinding> type;

    private BindingCode(
            StagedJar jar, BindingPluginManager manager, Class<? extends LlmBinding> type) {
        this.jar = jar;
        this.manager = manager;
        this.type = type;
    }

    /**
     * Loads the class of a binding that shares this process with others: calls of the JDK that
     * would end the process or change it for all are kept from it. Runs none of its code.
     *
     * @param moreLibraries what the package manager has installed for the binding
     * @throws RefusedJarException when there is no such class, or it cannot be linked
     */
    public static BindingCode guarded(StagedJar jar, List<Path> moreLibraries) {
        return open(jar, moreLibraries, true);
    }

    /** Like {@link #guarded}, for a binding that has this process for itself. */
    public static BindingCode open(StagedJar jar, List<Path> moreLibraries) {
        return open(jar, moreLibraries, false);
    }

    private static BindingCode open(StagedJar jar, List<Path> moreLibraries, boolean guarded) {
        SHARED.check(jar.card());
        ClassLoader host = BindingCode.class.getClassLoader();
        HostDoor door = new HostDoor(host, SHARED.visibleTo(jar));
        BindingPluginManager manager = new BindingPluginManager(jar, moreLibraries, door, guarded);
        try {
            manager.loadPlugin(jar.jar());
            manager.startPlugin(jar.id());
            return new BindingCode(jar, manager, onlyType(manager, jar));
        } catch (RefusedJarException e) {
            manager.unloadPlugin(jar.id());
            throw e;
        } catch (PluginRuntimeException e) {
            throw new RefusedJarException("its jar cannot be opened: " + e.getMessage());
        }
    }

    private static Class<? extends LlmBinding> onlyType(
            BindingPluginManager manager, StagedJar jar) {
        ClassLoader loader = manager.getPluginClassLoader(jar.id());
        List<String> names = List.copyOf(manager.getExtensionClassNames(jar.id()));
        if (names.size() != 1) {
            throw new RefusedJarException(
                    "META-INF/services/dev.bindery.api.LlmBinding names %d classes; it must name exactly one"
                            .formatted(names.size()));
        }
        try {
            return Class.forName(names.getFirst(), false, loader).asSubclass(LlmBinding.class);
        } catch (ClassNotFoundException e) {
            throw new RefusedJarException(
                    "META-INF/services/dev.bindery.api.LlmBinding names %s, which is not in the jar%s"
                            .formatted(names.getFirst(), nearMiss(jar, names.getFirst())));
        } catch (ClassCastException e) {
            throw new RefusedJarException(
                    "%s does not extend dev.bindery.api.LlmBinding".formatted(names.getFirst()));
        } catch (LinkageError e) {
            throw new RefusedJarException("%s cannot be loaded: %s".formatted(names.getFirst(), e));
        }
    }

    /** A class whose name differs in its capitals alone. */
    private static String nearMiss(StagedJar jar, String name) {
        String wanted = name.replace('.', '/') + ".class";
        try (JarFile file = new JarFile(jar.jar().toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(wanted::equalsIgnoreCase)
                    .findFirst()
                    .map(entry -> entry.replaceFirst("\\.class$", "").replace('/', '.'))
                    .map(" (there is %s: capitals count)"::formatted)
                    .orElse("");
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public ClassLoader contextLoader() {
        return type.getClassLoader();
    }

    /**
     * @throws RefusedJarException when the constructor of the binding's class fails
     */
    @Override
    public LlmBinding newBinding() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(contextLoader());
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new RefusedJarException(
                    "the constructor of %s failed: %s".formatted(type.getName(), e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new RefusedJarException(
                    "%s needs to be public, with a public constructor without parameters"
                            .formatted(type.getName()));
        } catch (ExceptionInInitializerError e) {
            throw new RefusedJarException(
                    "a static initialiser of %s failed: %s"
                            .formatted(type.getName(), e.getCause()));
        } catch (LinkageError e) {
            throw new RefusedJarException("%s cannot be loaded: %s".formatted(type.getName(), e));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public Optional<LoaderTrace> trace() {
        return Optional.of(new LoaderTrace(new WeakReference<>(contextLoader()), type.getName()));
    }

    /** Closes the class loader; no class can be loaded from it any more. */
    @Override
    public void close() {
        manager.stopPlugin(jar.id());
        manager.unloadPlugin(jar.id());
        RecordMethods.forgetBindings();
    }
}
