package dev.bindery.host.isolation.leak;

import java.lang.ref.WeakReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what belongs to one class loader without holding it. */
record Ownership(WeakReference<ClassLoader> loader) {
    /** Whether it is an object of one of its classes. */
    boolean has(@Nullable Object object) {
        return object != null && isOf(object.getClass().getClassLoader());
    }

    boolean isOf(@Nullable ClassLoader other) {
        return other != null && loader.refersTo(other);
    }

    /** One of its own classes by its name, if it was loaded. */
    Optional<Class<?>> loaded(String name) {
        ClassLoader alive = loader.get();
        if (alive == null) {
            return Optional.empty();
        }
        try {
            Class<?> type = Class.forName(name, false, alive);
            return isOf(type.getClassLoader()) ? Optional.of(type) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
