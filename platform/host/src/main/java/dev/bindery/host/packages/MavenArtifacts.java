package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.jspecify.annotations.Nullable;

/**
 * Fetches Maven artifacts with what they need at run time into a library folder. Mirrors and
 * proxies are those of the user's settings.xml.
 */
final class MavenArtifacts {
    private final Path repository;
    private final Library library;
    private final Optional<Path> settings;

    /**
     * @param repository the local repository
     * @param settings the settings.xml to obey
     */
    MavenArtifacts(Path repository, Path libraries, Optional<Path> settings) {
        this.repository = repository;
        this.library = new Library(libraries);
        this.settings = settings;
    }

    /** The settings.xml of whoever runs the host, where there is one. */
    static Optional<Path> userSettings() {
        Path file = Path.of(System.getProperty("user.home", ""), ".m2", "settings.xml");
        return Optional.of(file).filter(Files::isReadable);
    }

    void install(String coordinates, @Nullable String sha256, Work work) throws IOException {
        Artifact wanted = artifact(coordinates);
        List<Artifact> resolved = resolve(wanted, work);
        Checksum.check(file(resolved.getFirst()), sha256, coordinates, work);
        for (Artifact artifact : resolved) {
            work.throwIfCancelled();
            library.put(artifact.getGroupId(), artifact.getArtifactId(), file(artifact));
        }
        work.report("installed " + coordinates, resolved.size(), OptionalLong.of(resolved.size()));
    }

    private static Artifact artifact(String coordinates) {
        try {
            return new DefaultArtifact(coordinates);
        } catch (IllegalArgumentException _) {
            throw BindingException.invalidRequest(
                    "an artifact is named group:artifact:version; found \"" + coordinates + "\"");
        }
    }

    /** The artifact first, then what it needs and the host does not share. */
    private List<Artifact> resolve(Artifact wanted, Work work) throws IOException {
        RepositorySystem maven = new RepositorySystemSupplier().get();
        try {
            MavenUser user = MavenUser.of(settings);
            RepositorySystemSession session = user.session(maven, repository, work);
            CollectRequest collect =
                    new CollectRequest(
                            new Dependency(wanted, JavaScopes.RUNTIME),
                            user.repositories(maven, session));
            DependencyRequest request =
                    new DependencyRequest(
                            collect,
                            DependencyFilterUtils.andFilter(
                                    DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME),
                                    (node, _) -> isOwn(node.getArtifact())));
            List<Artifact> all = new ArrayList<>();
            for (ArtifactResult result :
                    maven.resolveDependencies(session, request).getArtifactResults()) {
                all.add(result.getArtifact());
            }
            if (all.isEmpty()) {
                throw BindingException.invalidRequest(
                        wanted + " is shared by the host; a binding does not install it");
            }
            return all;
        } catch (DependencyResolutionException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            maven.shutdown();
        }
    }

    private static boolean isOwn(Artifact artifact) {
        return !SharedLibraries.contains(artifact.getGroupId(), artifact.getArtifactId());
    }

    private static Path file(Artifact artifact) {
        return artifact.getFile().toPath();
    }
}
