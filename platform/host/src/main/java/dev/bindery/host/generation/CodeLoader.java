package dev.bindery.host.generation;

import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.LoadedCode;

/** Loads a staged jar, in the host or behind a process, as its card says. */
@FunctionalInterface
public interface CodeLoader {
    /**
     * @throws dev.bindery.host.artifact.RefusedJarException when it cannot be loaded
     */
    LoadedCode load(StagedJar jar);
}
