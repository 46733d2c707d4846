package dev.bindery.host.isolation;

import java.util.List;

/**
 * The parent of every binding's class loader: the JDK, and of the host only the shared packages.
 */
final class HostDoor extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;
    private final List<String> visible;

    HostDoor(ClassLoader host, List<String> visible) {
        super("bindery-host-door", ClassLoader.getPlatformClassLoader());
        this.host = host;
        this.visible = List.copyOf(visible);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isVisible(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private boolean isVisible(String className) {
        for (String name : visible) {
            if (isWithin(className, name)) {
                return true;
            }
        }
        return false;
    }

    static boolean isWithin(String name, String packageName) {
        return name.startsWith(packageName)
                && (name.length() == packageName.length()
                        || name.charAt(packageName.length()) == '.');
    }
}
