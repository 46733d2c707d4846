package dev.bindery.host.artifact;

import java.io.IOException;
import java.nio.file.Path;

/** Says whether a jar that is no binding may be opened. */
public final class WholeJar {
    private WholeJar() {}

    /**
     * Reads the jar to its end: every checksum, name and limit.
     *
     * @throws IncompleteJarException when it is not whole yet
     * @throws RefusedJarException when it is no jar, or past the limits
     */
    public static void check(Path jar) throws IOException {
        JarScan.of(jar, StagingLimits.DEFAULT);
    }
}
