package dev.bindery.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MavenInstallTest {
    @TempDir Path temp;
    private Path repository;
    private Path library;
    private InstancePackages packages;

    @BeforeEach
    void publish() throws IOException {
        repository = temp.resolve("repository");
        library = temp.resolve("lib");
        publish("org.example", "needed", "2.0", "");
        publish("com.squareup.okhttp3", "okhttp-jvm", "1.0", "");
        publish(
                "org.example",
                "wanted",
                "1.0",
                dependency("org.example", "needed", "2.0", "compile")
                        + dependency("com.squareup.okhttp3", "okhttp-jvm", "1.0", "compile")
                        + dependency("org.example", "for-tests", "1.0", "test"));
        publish("org.example", "wanted", "1.1", "");
        Path settings =
                Files.writeString(
                        temp.resolve("settings.xml"),
                        """
                        <settings><mirrors><mirror>
                          <id>all</id><mirrorOf>*</mirrorOf><url>%s</url>
                        </mirror></mirrors></settings>
                        """
                                .formatted(repository.toUri()));
        packages =
                new InstancePackages(
                        temp.resolve("cache"),
                        library,
                        List.of(temp),
                        Optional::empty,
                        Optional.of(settings));
    }

    @Test
    void anArtifactComesWithWhatItNeedsButNotWithWhatTheHostShares() {
        packages.install("org.example:wanted:1.0", null, ProgressListener.IGNORE);
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "org.example@wanted@wanted-1.0.jar", "org.example@needed@needed-2.0.jar");
    }

    @Test
    void aNewerVersionTakesTheOldOnesPlace() {
        packages.install("org.example:wanted:1.0", null, ProgressListener.IGNORE);
        packages.install("org.example:wanted:1.1", null, ProgressListener.IGNORE);
        assertThat(names())
                .contains("org.example@wanted@wanted-1.1.jar")
                .doesNotContain("org.example@wanted@wanted-1.0.jar");
    }

    @Test
    void aWrongChecksumInstallsNothing() throws Exception {
        BindingException refused = failure("org.example:wanted:1.0", "0".repeat(64));
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        Path jar = repository.resolve("org/example/wanted/1.0/wanted-1.0.jar");
        assertThat(refused)
                .hasMessageContaining(DownloadTest.sha256(Files.readAllBytes(jar)))
                .hasMessageContaining("0".repeat(64));
        assertThat(library).doesNotExist();
    }

    @Test
    void anArtifactThatDiffersFromItsRepositorysChecksumIsRefused() throws Exception {
        Path jar = repository.resolve("org/example/wanted/1.1/wanted-1.1.jar");
        Files.writeString(jar, "something else");
        assertThat(failure("org.example:wanted:1.1", null).code())
                .isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(library).doesNotExist();
    }

    @Test
    void anUnknownArtifactIsNamed() {
        BindingException refused = failure("org.example:unknown:1.0", null);
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("org.example:unknown");
    }

    @Test
    void whatTheHostSharesAndWhatIsNoNameAreRefused() {
        assertThat(failure("com.squareup.okhttp3:okhttp-jvm:1.0", null).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(failure("no-coordinates", null).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private BindingException failure(String coordinates, String sha256) {
        return catchThrowableOfType(
                BindingException.class,
                () -> packages.install(coordinates, sha256, ProgressListener.IGNORE));
    }

    private List<String> names() {
        try (var files = Files.list(library)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String dependency(String group, String artifact, String version, String scope) {
        return """
        <dependency><groupId>%s</groupId><artifactId>%s</artifactId>\
        <version>%s</version><scope>%s</scope></dependency>\
        """
                .formatted(group, artifact, version, scope);
    }

    private void publish(String group, String artifact, String version, String dependencies)
            throws IOException {
        Path folder =
                Files.createDirectories(
                        repository
                                .resolve(group.replace('.', '/'))
                                .resolve(artifact)
                                .resolve(version));
        String name = artifact + "-" + version;
        Files.writeString(
                folder.resolve(name + ".pom"),
                """
                <project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId>
                <artifactId>%s</artifactId><version>%s</version>
                <dependencies>%s</dependencies></project>
                """
                        .formatted(group, artifact, version, dependencies));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(folder.resolve(name + ".jar")))) {
            jar.putNextEntry(new ZipEntry(name + ".txt"));
        }
        for (String file : List.of(name + ".pom", name + ".jar")) {
            String sha256 = DownloadTest.sha256(Files.readAllBytes(folder.resolve(file)));
            Files.writeString(folder.resolve(file + ".sha256"), sha256);
        }
    }
}
