package dev.bindery.host.isolation.leak;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of the JVM holds a class loader, as far as it can be asked for without opening the JDK's own
 * packages: thread locals of others' threads and shutdown hooks registered by reflection cannot.
 */
final class Holders {
    static final String UNKNOWN =
            "nothing that can be seen from outside holds them; look in a heap dump (jcmd PID GC.heap_dump FILE) for what refers to its BindingClassLoader: a thread local, a static field of a shared library, a cache";

    private Holders() {}

    /** A sentence for the binding's author. */
    static String of(LoaderTrace trace) {
        Ownership ownership = new Ownership(trace.loader());
        List<String> found =
                Stream.of(
                                ThreadHolders.of(ownership),
                                DriverHolders.of(ownership, trace.ownClass()),
                                ProcessHolders.of(ownership),
                                MBeanHolders.of(ownership))
                        .flatMap(List::stream)
                        .toList();
        return found.isEmpty() ? UNKNOWN : found.stream().collect(Collectors.joining("; "));
    }
}
