package dev.bindery.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
    private static final byte[] CONTENT = content();
    private static final String SHA256 = sha256(CONTENT);

    @TempDir Path temp;
    private final MockWebServer server = new MockWebServer();
    private Path data;
    private InstancePackages packages;

    @BeforeEach
    void start() throws IOException {
        server.start();
        data = Files.createDirectory(temp.resolve("data"));
        packages =
                new InstancePackages(
                        temp.resolve("cache"),
                        temp.resolve("lib"),
                        List.of(data),
                        Optional::empty,
                        Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileArrivesWholeAndItsProgressIsReported() throws Exception {
        server.enqueue(whole().build());
        Listening listener = new Listening();
        packages.download(address(), SHA256, data.resolve("deep/file.bin"), listener);
        assertThat(data.resolve("deep/file.bin")).hasBinaryContent(CONTENT);
        assertThat(listener.heard)
                .contains(Progress.of("downloading", CONTENT.length, CONTENT.length));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsNotFetchedAgain() throws Exception {
        Files.write(data.resolve("file"), CONTENT);
        packages.download(address(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aWrongChecksumNamesBothAndLeavesNothing() {
        server.enqueue(whole().build());
        String expected = "0".repeat(64);
        BindingException refused = failure(address(), expected);
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(refused).hasMessageContaining(SHA256).hasMessageContaining(expected);
        assertThat(data).isEmptyDirectory();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aBrokenConnectionIsResumedFromWhereItBroke() throws Exception {
        List<RecordedRequest> requests = serveWithRanges("\"v1\"", 100_000);
        packages.download(address(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
        assertThat(requests).hasSizeGreaterThan(1);
        assertThat(requests.get(1).getHeaders().get("Range")).matches("bytes=[1-9]\\d*-");
        assertThat(requests.get(1).getHeaders().get("If-Range")).isEqualTo("\"v1\"");
    }

    @Test
    void aCancelledDownloadIsResumedNextTime() throws Exception {
        List<RecordedRequest> requests = serveWithRanges("\"v1\"", CONTENT.length);
        Listening impatient =
                new Listening(self -> {
                    if (self.heard.getLast().completed() > 0) {
                        self.cancel();
                    }
                });
        assertThat(failure(address(), SHA256, impatient).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(data).isEmptyDirectory();
        packages.download(address(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
        assertThat(requests.getLast().getHeaders().get("Range")).matches("bytes=[1-9]\\d*-");
    }

    @Test
    void aCancelledDownloadDoesNotWaitForASilentServer() throws Exception {
        server.enqueue(whole().throttleBody(1_000, 30, TimeUnit.SECONDS).build());
        Listening listener = new Listening();
        Thread canceller =
                Thread.ofVirtual()
                        .start(() -> {
                            while (listener.heard.stream()
                                    .noneMatch(p -> p.status().equals("downloading"))) {
                                Thread.onSpinWait();
                            }
                            listener.cancel();
                        });
        long start = System.nanoTime();
        assertThat(failure(address(), SHA256, listener).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        canceller.join();
    }

    @Test
    void aServerThatIgnoresRangesStillServes() throws Exception {
        server.enqueue(whole().onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());
        server.enqueue(whole().build());
        packages.download(address(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aFileThatChangedInBetweenIsFetchedAnew() throws Exception {
        server.enqueue(
                new MockResponse.Builder()
                        .setHeader("ETag", "\"old\"")
                        .body(new Buffer().write(new byte[CONTENT.length]))
                        .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                        .build());
        server.enqueue(whole().setHeader("ETag", "\"new\"").build());
        packages.download(address(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aPartThatIsWholeIsNotFetchedAgain() throws Exception {
        serveWithRanges("\"v1\"", CONTENT.length);
        Listening atTheEnd =
                new Listening(self -> {
                    if (self.heard.getLast().status().equals("checking")) {
                        self.cancel();
                    }
                });
        failure(address(), SHA256, atTheEnd);
        int before = server.getRequestCount();
        Listening second = new Listening();
        packages.download(address(), SHA256, data.resolve("file"), second);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
        assertThat(server.getRequestCount()).isEqualTo(before + 1);
        assertThat(second.heard).extracting(Progress::status).doesNotContain("downloading");
    }

    @Test
    void redirectsToAnotherHostAreFollowedWithoutCredentials() throws Exception {
        server.enqueue(
                new MockResponse.Builder()
                        .code(302)
                        .setHeader(
                                "Location",
                                "http://127.0.0.1:%d/elsewhere".formatted(server.getPort()))
                        .build());
        server.enqueue(whole().build());
        URI secret = URI.create("http://me:hush@localhost:" + server.getPort() + "/file");
        packages.download(secret, SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(server.takeRequest().getHeaders().get("Authorization")).startsWith("Basic ");
        RecordedRequest second = server.takeRequest();
        assertThat(second.getTarget()).isEqualTo("/elsewhere");
        assertThat(second.getHeaders().get("Authorization")).isNull();
    }

    @Test
    void redirectsInACircleEnd() {
        server.setDispatcher(
                dispatcher(_ ->
                        new MockResponse.Builder()
                                .code(301)
                                .setHeader("Location", "/again")
                                .build()));
        BindingException refused = failure(address(), null);
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("more than 5 redirects");
        assertThat(server.getRequestCount()).isEqualTo(6);
    }

    @Test
    void aMissingFileIsSaidPlainlyWithoutCredentials() {
        server.enqueue(new MockResponse.Builder().code(404).build());
        URI secret = URI.create("http://me:hush@localhost:" + server.getPort() + "/file?key=abc");
        BindingException refused = failure(secret, null);
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(refused.getMessage()).contains("404").doesNotContain("hush", "abc");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aFailingServerIsAskedAgain() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(whole().build());
        packages.download(address(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aLocalFileIsCopied() throws Exception {
        Path local = Files.write(temp.resolve("local"), CONTENT);
        packages.download(local.toUri(), SHA256, data.resolve("file"), ProgressListener.IGNORE);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
        assertThat(local).exists();
    }

    @Test
    void targetsOutsideTheRootsAreRefused() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(data.resolve("link"), outside);
        for (Path target :
                List.of(
                        outside.resolve("file"),
                        data.resolve("../outside/file"),
                        data.resolve("link/file"),
                        data.resolve("link"),
                        data)) {
            assertThatThrownBy(() ->
                            packages.download(address(), null, target, ProgressListener.IGNORE))
                    .isInstanceOfSatisfying(
                            BindingException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                    .hasMessageContaining(data.toString());
        }
        assertThat(server.getRequestCount()).isZero();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void otherSchemesAndBrokenChecksumsAreRefused() {
        assertThat(failure(URI.create("ftp://example.org/x"), null).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(failure(URI.create("pypi:name-without-version"), null).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(failure(address(), "abc").code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void theSameFileAskedForTwiceAtOnceIsFetchedOnce() throws Exception {
        server.enqueue(whole().build());
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .uncaughtExceptionHandler((_, e) -> failures.add(e))
                            .start(() ->
                                    packages.download(
                                            address(),
                                            SHA256,
                                            data.resolve("file"),
                                            ProgressListener.IGNORE)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(data.resolve("file")).hasBinaryContent(CONTENT);
    }

    /** A server with ranges, whose answers break off after that many bytes. */
    private List<RecordedRequest> serveWithRanges(String etag, int most) {
        List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
        server.setDispatcher(
                dispatcher(request -> {
                    requests.add(request);
                    return part(request.getHeaders().get("Range"), etag, most);
                }));
        return requests;
    }

    private static MockResponse part(@Nullable String range, String etag, int most) {
        int first = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        MockResponse.Builder answer = new MockResponse.Builder().setHeader("ETag", etag);
        if (first >= CONTENT.length) {
            return answer.code(416).setHeader("Content-Range", "bytes */" + CONTENT.length).build();
        }
        if (range != null) {
            answer.code(206)
                    .setHeader(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(first, CONTENT.length - 1, CONTENT.length));
        }
        int last = Math.min(CONTENT.length, first + most);
        answer.body(new Buffer().write(Arrays.copyOfRange(CONTENT, first, last)));
        if (last < CONTENT.length) {
            answer.setHeader("Content-Length", CONTENT.length - first)
                    .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
        }
        return answer.build();
    }

    private static Dispatcher dispatcher(
            java.util.function.Function<RecordedRequest, MockResponse> answer) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer.apply(request);
            }
        };
    }

    private static byte[] content() {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static MockResponse.Builder whole() {
        return new MockResponse.Builder().body(new Buffer().write(CONTENT));
    }

    private URI address() {
        return server.url("/file").uri();
    }

    private BindingException failure(URI source, @Nullable String sha256) {
        return failure(source, sha256, ProgressListener.IGNORE);
    }

    private BindingException failure(
            URI source, @Nullable String sha256, ProgressListener listener) {
        return catchThrowableOfType(
                BindingException.class,
                () -> packages.download(source, sha256, data.resolve("file"), listener));
    }

    private List<Path> leftovers() {
        try (var files = Files.list(temp.resolve("cache/downloads"))) {
            return files.filter(file -> !file.toString().endsWith(".lock")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
