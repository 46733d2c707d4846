package dev.bindery.host.isolation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.lang.runtime.ObjectMethods;
import java.util.List;

/**
 * The JDK remembers, by soft references, the last record of a foreign loader whose {@code equals},
 * {@code hashCode} or {@code toString} it made, and the class of a component. Where they are a
 * binding's, its loader stays for as long as there is memory.
 */
final class RecordMethods {
    /** Of a loader that could come and go like a binding's, since only such are kept so. */
    private static final Class<?> NOBODYS =
            Proxy.newProxyInstance(
                            new ClassLoader(null) {},
                            new Class<?>[] {Runnable.class},
                            (_, _, _) -> null)
                    .getClass();

    private RecordMethods() {}

    /** Has it remember a class that is nobody's instead. */
    static void forgetBindings() {
        MethodHandle component = MethodHandles.empty(MethodType.methodType(NOBODYS, NOBODYS));
        for (String method : List.of("equals", "hashCode", "toString")) {
            try {
                ObjectMethods.bootstrap(
                        MethodHandles.lookup(),
                        method,
                        MethodHandle.class,
                        NOBODYS,
                        "component",
                        component);
            } catch (Throwable _) {
                // A JDK that refuses this makes them in another way, and no unloading fails for it.
            }
        }
    }
}
