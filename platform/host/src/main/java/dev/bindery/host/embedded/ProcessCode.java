package dev.bindery.host.embedded;

import dev.bindery.api.LlmBinding;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.isolation.leak.LoaderTrace;
import dev.bindery.host.process.ChildCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The code of a generation whose instances each live in a child process of their own. None of its
 * classes is ever loaded here.
 *
 * @param command what starts a child
 * @param code what the children load
 * @param scratch where the children get their temporary folders
 */
record ProcessCode(ChildCommand command, StagedCode code, Path scratch) implements LoadedCode {
    @Override
    public LlmBinding newBinding() {
        return new ProcessBinding(command, code, scratch, ProcessLimits.DEFAULTS);
    }

    @Override
    public ClassLoader contextLoader() {
        return ProcessCode.class.getClassLoader();
    }

    @Override
    public Optional<LoaderTrace> trace() {
        return Optional.empty();
    }

    /** The children end with their instances. */
    @Override
    public void close() {}
}
