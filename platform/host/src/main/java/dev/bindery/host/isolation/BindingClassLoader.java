package dev.bindery.host.isolation;

import java.net.URL;
import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * A binding's class loader: its own classes first, then the {@link HostDoor}; what is always the
 * host's never from the jar.
 */
final class BindingClassLoader extends PluginClassLoader {
    private static final List<String> ALWAYS_HOST = List.of("dev.bindery.api", "org.slf4j");

    BindingClassLoader(
            PluginManager manager, PluginDescriptor descriptor, HostDoor parent, List<URL> urls) {
        super(manager, descriptor, parent, ClassLoadingStrategy.PDA);
        urls.forEach(this::addURL);
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
    public String toString() {
        return "BindingClassLoader@" + Integer.toHexString(System.identityHashCode(this));
    }
}
