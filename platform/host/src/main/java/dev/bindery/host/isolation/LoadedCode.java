package dev.bindery.host.isolation;

import dev.bindery.api.LlmBinding;
import dev.bindery.host.isolation.leak.LoaderTrace;
import java.util.Optional;

/** The code of one generation, ready to make objects: in the host or behind a process. */
public interface LoadedCode extends AutoCloseable {
    /** A new object for one instance. */
    LlmBinding newBinding();

    /** What the threads that run it have as their context class loader. */
    ClassLoader contextLoader();

    /**
     * What tells, after {@link #close}, whether its classes were collected; empty for none here.
     */
    Optional<LoaderTrace> trace();

    @Override
    void close();
}
