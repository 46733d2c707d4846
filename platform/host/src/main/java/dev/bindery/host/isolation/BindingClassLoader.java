package dev.bindery.host.isolation;

import dev.bindery.host.isolation.guard.ClassGuard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * A binding's class loader: its own classes first, then the {@link HostDoor}; what is always the
 * host's never from the jar.
 *
 * <p>Its guarded classes reach it as a consumer of the shutdown hooks that they add, and a
 * predicate of those that they remove: types that the binding has from the JDK.
 */
final class BindingClassLoader extends PluginClassLoader
        implements Consumer<Thread>, Predicate<Thread> {
    private static final List<String> ALWAYS_HOST = List.of("dev.bindery.api", "org.slf4j");

    private final ClassPath classPath;
    private final Optional<ClassGuard> guard;
    private final ShutdownHooks hooks = new ShutdownHooks();

    /**
     * @param guarded whether its classes share the process with others
     */
    BindingClassLoader(
            PluginManager manager,
            PluginDescriptor descriptor,
            HostDoor parent,
            ClassPath classPath,
            boolean guarded) {
        super(manager, descriptor, parent, ClassLoadingStrategy.PDA);
        this.classPath = classPath;
        this.guard =
                guarded
                        ? Optional.of(
                                new ClassGuard(
                                        ClassHierarchyResolver.ofResourceParsing(this::classFile)))
                        : Optional.empty();
        classPath.urls().forEach(this::addURL);
    }

    private @Nullable InputStream classFile(ClassDesc type) {
        String descriptor = type.descriptorString();
        String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
        try {
            Optional<ClassPath.Entry> entry = classPath.find(name);
            return entry.isPresent() ? new ByteArrayInputStream(entry.get().bytes()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        for (String name : ALWAYS_HOST) {
            if (HostDoor.isWithin(className, name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            ClassPath.Entry entry =
                    classPath
                            .find(name.replace('.', '/') + ".class")
                            .orElseThrow(() -> new ClassNotFoundException(name));
            byte[] bytes = entry.bytes();
            definePackage(name, entry);
            byte[] loaded = guard.isPresent() ? guard.get().guarded(bytes) : bytes;
            CodeSource source = new CodeSource(entry.location(), (CodeSigner[]) null);
            return defineClass(name, loaded, 0, loaded.length, source);
        } catch (IOException | IllegalStateException e) {
            // The second is what a jar says that was closed with its generation.
            throw new ClassNotFoundException(name, e);
        }
    }

    private void definePackage(String className, ClassPath.Entry entry) throws IOException {
        int dot = className.lastIndexOf('.');
        if (dot < 0 || getDefinedPackage(className.substring(0, dot)) != null) {
            return;
        }
        Manifest manifest = entry.jar().getManifest();
        try {
            definePackage(
                    className.substring(0, dot),
                    manifest == null ? new Manifest() : manifest,
                    entry.location());
        } catch (IllegalArgumentException _) {
            // Another thread was faster.
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            Optional<ClassPath.Entry> entry = classPath.find(name);
            return entry.isPresent() ? entry.get().open() : getParent().getResourceAsStream(name);
        } catch (IOException | IllegalStateException e) {
            return null;
        }
    }

    /** A hook that would outlive the generation runs at its end. */
    @Override
    public void accept(Thread hook) {
        hooks.add(hook);
    }

    @Override
    public boolean test(Thread hook) {
        return hooks.remove(hook);
    }

    @Override
    public void close() throws IOException {
        hooks.run();
        try {
            super.close();
        } finally {
            classPath.close();
        }
    }

    @Override
    public String toString() {
        return "BindingClassLoader@" + Integer.toHexString(System.identityHashCode(this));
    }
}
