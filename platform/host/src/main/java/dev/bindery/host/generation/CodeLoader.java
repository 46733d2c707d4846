package dev.bindery.host.generation;

import dev.bindery.host.Placement;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.LoadedCode;

/** Loads a staged jar, in the host or behind a process. */
@FunctionalInterface
public interface CodeLoader {
    /**
     * @param placement what is in force, isolation included
     * @throws dev.bindery.host.artifact.RefusedJarException when it cannot be loaded
     */
    LoadedCode load(StagedJar jar, Placement placement);
}
