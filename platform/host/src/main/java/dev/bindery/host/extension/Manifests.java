package dev.bindery.host.extension;

import dev.bindery.host.artifact.RefusedJarException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Looks at a jar's manifest before the framework does, and says what is wrong in words. */
final class Manifests {
    private Manifests() {}

    /**
     * @throws RefusedJarException when the jar is no bundle, or would become a part of the host
     */
    static void check(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
                throw new RefusedJarException(
                        "it is no OSGi bundle: its manifest has no Bundle-SymbolicName. A binding belongs into the folder bindings/");
            }
            if (headers.getValue(Constants.FRAGMENT_HOST) != null) {
                throw new RefusedJarException(
                        "it is a fragment (Fragment-Host); an extension is a bundle of its own");
            }
        }
    }
}
