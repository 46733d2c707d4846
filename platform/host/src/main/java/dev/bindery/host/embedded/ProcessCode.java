package dev.bindery.host.embedded;

import dev.bindery.api.LlmBinding;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The code of a generation whose instances each live in a child process of their own. None of its
 * classes is ever loaded here.
 *
 * @param code what the children load
 * @param scratch where the children get their temporary folders
 */
record ProcessCode(StagedCode code, Path scratch) implements LoadedCode {
    /** Of a child's own memory; what native code takes comes on top. */
    private static final String HEAP = "512m";

    @Override
    public LlmBinding newBinding() {
        return new ProcessBinding(
                JvmCommand.ofThisHost(HEAP), code, scratch, ProcessLimits.DEFAULTS);
    }

    @Override
    public ClassLoader contextLoader() {
        return ProcessCode.class.getClassLoader();
    }

    @Override
    public Optional<WeakReference<ClassLoader>> trace() {
        return Optional.empty();
    }

    /** The children end with their instances. */
    @Override
    public void close() {}
}
