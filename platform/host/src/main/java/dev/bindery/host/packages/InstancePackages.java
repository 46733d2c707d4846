package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The package manager that one instance of a binding is given. May be used from several threads;
 * the same file asked for twice at once, also by another process, is fetched once.
 */
public final class InstancePackages implements PackageManager {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final TargetRoots roots;
    private final Sources sources;
    private final MavenArtifacts artifacts;

    /**
     * @param cache where downloads are kept until they are whole, and Maven's local repository;
     *     shared by all instances, and may be deleted while none is at work
     * @param libraries the binding's own library folder, which {@link #install} fills
     * @param roots the only folders that {@link #download} may put files into
     */
    public InstancePackages(Path cache, Path libraries, List<Path> roots) {
        this(cache, libraries, roots, Pip::found, MavenArtifacts.userSettings());
    }

    InstancePackages(
            Path cache,
            Path libraries,
            List<Path> roots,
            Supplier<Optional<Pip>> pip,
            Optional<Path> mavenSettings) {
        HttpFetch http = new HttpFetch();
        this.roots = new TargetRoots(roots);
        this.sources = new Sources(cache.resolve("downloads"), http, pip);
        this.artifacts = new MavenArtifacts(cache.resolve("maven"), libraries, mavenSettings);
    }

    @Override
    public void download(
            URI source, @Nullable String sha256, Path target, ProgressListener listener) {
        String expected = checked(sha256);
        Path place = roots.checked(target);
        Work work = new Work(OwnThread.heardAsHere(listener));
        work.run(
                "download " + Addresses.shown(source),
                () -> OwnThread.run(() -> sources.fetch(source, expected, place, work)));
    }

    @Override
    public void install(String coordinates, @Nullable String sha256, ProgressListener listener) {
        String expected = checked(sha256);
        Work work = new Work(OwnThread.heardAsHere(listener));
        work.run(
                "install " + coordinates,
                () -> OwnThread.run(() -> artifacts.install(coordinates, expected, work)));
    }

    private static @Nullable String checked(@Nullable String sha256) {
        if (sha256 == null) {
            return null;
        }
        String digits = sha256.toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(digits).matches()) {
            throw BindingException.invalidRequest(
                    "a sha256 has 64 hexadecimal digits; found \"" + sha256 + "\"");
        }
        return digits;
    }
}
