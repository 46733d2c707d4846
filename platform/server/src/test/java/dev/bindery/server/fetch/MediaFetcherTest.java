package dev.bindery.server.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.CancellationSource;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.options.FetchRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Here 127.0.0.1 counts as public, and 127.0.0.2 as an address of the inside. */
class MediaFetcherTest {
    private static final String PNG = "\u0089PNG\r\n\u001a\nand so on";
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.2");

    @TempDir Path folder;
    private final MockWebServer web = new MockWebServer();
    private final Queue<String> resolved = new ConcurrentLinkedQueue<>();
    private OkHttpClient trusting = new OkHttpClient();
    private Resolver names = _ -> new InetAddress[] {OUTSIDE};

    @BeforeEach
    void start() throws IOException {
        web.start();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private MediaFetcher fetcher(FetchRules rules) {
        Resolver counted =
                host -> {
                    resolved.add(host);
                    return names.resolve(host);
                };
        return new MediaFetcher(rules, folder.resolve("spool"), counted, OUTSIDE::equals, trusting);
    }

    private URI address(String host, String path) {
        return URI.create("http://" + host + ":" + web.getPort() + path);
    }

    private static MockResponse.Builder image() {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "image/png")
                .body(new Buffer().write(PNG.getBytes(ISO_8859_1)));
    }

    private static MockResponse.Builder redirect(String target) {
        return new MockResponse.Builder().code(302).addHeader("Location", target);
    }

    private Blob fetch(FetchRules rules, URI address) {
        return fetcher(rules).fetch(Set.of(address), Cancellation.NONE).of(address);
    }

    private void refused(FetchRules rules, URI address, String why) {
        assertThatThrownBy(() -> fetch(rules, address))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
                            assertThat(refusal.status()).isEqualTo(400);
                            assertThat(refusal.param()).contains("url");
                        })
                .hasMessageContaining(" cannot be fetched: ")
                .hasMessageContaining(why);
        assertThat(folder.resolve("spool"))
                .satisfiesAnyOf(
                        spool -> assertThat(spool).doesNotExist(),
                        spool -> assertThat(spool).isEmptyDirectory());
    }

    @Test
    void whatIsAtAPublicAddressComesWithItsKind() throws Exception {
        web.enqueue(image().build());
        Blob blob = fetch(FetchRules.DEFAULTS, address("images.example", "/a.png?size=2"));
        assertThat(blob.mediaType()).isEqualTo("image/png");
        assertThat(blob.length()).isEqualTo(PNG.length());
        assertThat(blob.bytes()).isEqualTo(PNG.getBytes(ISO_8859_1));
        RecordedRequest asked = web.takeRequest();
        assertThat(asked.getTarget()).isEqualTo("/a.png?size=2");
        assertThat(asked.getHeaders().names())
                .containsExactlyInAnyOrder(
                        "Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
    }

    @Test
    void aNameThatLeadsInsideIsRefusedWithoutAConnection() {
        names = _ -> new InetAddress[] {OUTSIDE, INSIDE};
        refused(
                FetchRules.DEFAULTS,
                address("both.example", "/x?secret"),
                "both.example does not lead to a public address; the server's operator may allow"
                        + " it with --allow-fetch both.example");
        assertThat(web.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "2130706433"})
    void anAddressOfTheInsideIsRefusedWhenItIsGivenAsANumber(String host) {
        MediaFetcher real = new MediaFetcher(FetchRules.DEFAULTS, folder);
        URI address = address(host, "/");
        assertThatThrownBy(() -> real.fetch(Set.of(address), Cancellation.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("does not lead to a public address");
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void anAllowedHostMayBeInside() throws Exception {
        web.enqueue(image().build());
        MediaFetcher real =
                new MediaFetcher(FetchRules.DEFAULTS.allowing(Set.of("LocalHost")), folder);
        URI address = address("localhost", "/");
        try (Fetched fetched = real.fetch(Set.of(address), Cancellation.NONE)) {
            assertThat(fetched.of(address).length()).isEqualTo(PNG.length());
        }
    }

    @Test
    void aNameIsResolvedOnceSoThatItCannotLeadElsewhereAfterItWasLookedAt() throws Exception {
        names = _ -> new InetAddress[] {resolved.size() == 1 ? OUTSIDE : INSIDE};
        web.enqueue(image().build());
        URI address = address("rebinds.example", "/");
        assertThat(fetch(FetchRules.DEFAULTS, address).bytes()).hasSize(PNG.length());
        assertThat(resolved).hasSize(1);
        refused(FetchRules.DEFAULTS, address, "does not lead to a public address");
        assertThat(resolved).hasSize(2);
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void eachRedirectIsLookedAtAgain() throws Exception {
        names = host -> new InetAddress[] {host.equals("inside.example") ? INSIDE : OUTSIDE};
        web.enqueue(redirect(address("other.example", "/there").toString()).build());
        web.enqueue(image().build());
        assertThat(fetch(FetchRules.DEFAULTS, address("first.example", "/")).length())
                .isEqualTo(PNG.length());
        assertThat(resolved).containsExactly("first.example", "other.example");

        web.enqueue(redirect(address("inside.example", "/admin").toString()).build());
        refused(
                FetchRules.DEFAULTS,
                address("first.example", "/"),
                "inside.example does not lead to a public address");
        assertThat(web.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aHostThatRebindsBetweenTwoRedirectsToItselfIsSeen() {
        names = _ -> new InetAddress[] {resolved.size() == 1 ? OUTSIDE : INSIDE};
        web.enqueue(redirect("/again").build());
        refused(
                FetchRules.DEFAULTS,
                address("rebinds.example", "/"),
                "does not lead to a public address");
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectOutOfTlsIsRefusedAndOneWithinItIsFollowed() throws Exception {
        HeldCertificate held =
                new HeldCertificate.Builder().addSubjectAlternativeName("files.example").build();
        HandshakeCertificates both =
                new HandshakeCertificates.Builder()
                        .heldCertificate(held)
                        .addTrustedCertificate(held.certificate())
                        .build();
        trusting =
                trusting.newBuilder()
                        .sslSocketFactory(both.sslSocketFactory(), both.trustManager())
                        .build();
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(both.sslSocketFactory());
            secure.start();
            URI there = URI.create("https://files.example:" + secure.getPort() + "/a.png");
            secure.enqueue(redirect("/b.png").build());
            secure.enqueue(image().build());
            assertThat(fetch(FetchRules.DEFAULTS, there).mediaType()).isEqualTo("image/png");

            secure.enqueue(redirect(address("files.example", "/c.png").toString()).build());
            refused(FetchRules.DEFAULTS, there, "it redirects from https to http");
            assertThat(web.getRequestCount()).as("requests in clear").isZero();
        }
    }

    @Test
    void redirectsComeToAnEnd() {
        web.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return redirect("/again").build();
                    }
                });
        refused(
                FetchRules.DEFAULTS,
                address("loops.example", "/"),
                "it redirects more than 5 times");
        assertThat(web.getRequestCount()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://files.example/a.png, it redirects to nowhere on the web",
        "file:///etc/passwd, it redirects to nowhere on the web",
        "http://user:word@other.example/, it carries a user name or a password",
        "http://other.example:22/, port 22 is not one of the web's",
    })
    void aRedirectOutOfTheWebIsRefused(String target, String why) {
        web.enqueue(redirect(target).build());
        refused(FetchRules.DEFAULTS, address("first.example", "/"), why);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:word@a.example/x, it carries a user name or a password",
        "https://a.example:25/x, port 25 is not one of the web's",
        "ftp://a.example/x, it is no address of the web",
    })
    void anAddressOutOfTheWebIsRefused(URI address, String why) {
        refused(FetchRules.DEFAULTS, address, why);
        assertThat(resolved).isEmpty();
    }

    @Test
    void whatIsSaidOfAnAddressHoldsNoSecret() {
        names =
                host -> {
                    throw new UnknownHostException("resolver 10.0.0.53 says no to " + host);
                };
        URI address = URI.create("http://user:w0rd@a.example/path?token=hidden#part");
        assertThatThrownBy(() -> fetch(FetchRules.DEFAULTS, address))
                .hasMessageStartingWith("http://a.example/path cannot be fetched: ")
                .hasMessageNotContainingAny("w0rd", "hidden", "part", "10.0.0.53");
        refused(
                FetchRules.DEFAULTS,
                URI.create("http://b.example/"),
                "the name b.example leads nowhere");
    }

    @Test
    void whatIsAnsweredInsteadIsNotTold() {
        web.enqueue(new MockResponse.Builder().code(500).body("password: hunter2").build());
        assertThatThrownBy(() -> fetch(FetchRules.DEFAULTS, address("a.example", "/")))
                .hasMessageEndingWith("it was answered with status 500");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html; charset=utf-8 | <html> | it is text/html; expected an image",
                "application/json | {} | it is application/json; expected an image",
                "'' | whatever | it is of an unknown kind; expected an image",
                "image/png | <html> | it says that it is image/png, and is not",
                "application/pdf | PK | it says that it is application/pdf, and is not",
            })
    void otherKindsAreRefused(String type, String body, String why) {
        web.enqueue(new MockResponse.Builder().addHeader("Content-Type", type).body(body).build());
        refused(FetchRules.DEFAULTS, address("a.example", "/"), why);
    }

    @ParameterizedTest
    @CsvSource({
        "application/octet-stream, %PDF-1.7, application/pdf",
        "'', GIF89a, image/gif",
        "image/png, GIF89a, image/gif",
        "text/plain;charset=UTF-8, BMW, text/plain;charset=UTF-8",
        "text/markdown, # Title, text/markdown",
        "IMAGE/AVIF; x=y, anything, image/avif",
        "audio/mpeg, anything, audio/mpeg",
    })
    void theKindIsWhatTheBytesTellElseWhatIsSaid(String type, String body, String kind) {
        web.enqueue(new MockResponse.Builder().addHeader("Content-Type", type).body(body).build());
        assertThat(fetch(FetchRules.DEFAULTS, address("a.example", "/")).mediaType())
                .isEqualTo(kind);
    }

    @Test
    void aLongOneLiesInAFileForAsLongAsItIsInUse() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        System.arraycopy(PNG.getBytes(ISO_8859_1), 0, bytes, 0, PNG.length());
        web.enqueue(new MockResponse.Builder().body(new Buffer().write(bytes)).build());
        URI address = address("a.example", "/");
        Fetched fetched = fetcher(FetchRules.DEFAULTS).fetch(Set.of(address), Cancellation.NONE);
        assertThat(spooled()).hasSize(1);
        assertThat(fetched.of(address).bytes()).isEqualTo(bytes);
        assertThat(fetched.of(address).bytes()).isEqualTo(bytes);
        assertThat(fetched.of(address).length()).isEqualTo(bytes.length);
        fetched.close();
        assertThat(spooled()).isEmpty();
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.toList();
        }
    }

    @Test
    void oneThatIsSaidToBeTooLongIsNotRead() {
        web.enqueue(image().setHeader("Content-Length", 1_000_000).build());
        refused(
                FetchRules.DEFAULTS.upTo(999_999, 5_000_000),
                address("a.example", "/"),
                "it is longer than 999,999 bytes");
    }

    @Test
    void oneThatNeverEndsIsGivenUp() {
        web.enqueue(
                new MockResponse.Builder()
                        .addHeader("Content-Type", "image/png")
                        .body(new Endless())
                        .build());
        refused(
                FetchRules.DEFAULTS.upTo(500_000, 5_000_000),
                address("a.example", "/"),
                "it is longer than 500,000 bytes");
    }

    @Test
    void theAddressesOfOneRequestHaveALimitTogether() throws IOException {
        web.enqueue(image().build());
        web.enqueue(image().build());
        Set<URI> two = Set.of(address("a.example", "/1"), address("a.example", "/2"));
        FetchRules rules = FetchRules.DEFAULTS.upTo(100, PNG.length() * 2L - 1);
        assertThatThrownBy(() -> fetcher(rules).fetch(two, Cancellation.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the request's addresses are longer than");
    }

    @Test
    void thereIsALimitToHowManyThereAre() {
        FetchRules one = new FetchRules(true, Set.of(), 1, 100, 100, 1, Duration.ofSeconds(30));
        Set<URI> two = Set.of(address("a.example", "/1"), address("a.example", "/2"));
        assertThatThrownBy(() -> fetcher(one).fetch(two, Cancellation.NONE))
                .hasMessage("2 addresses in one request; at most 1 are fetched");
        assertThat(resolved).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatDoesNotComeIsGivenUpInTime(boolean begun) {
        MockResponse.Builder stalled = image();
        web.enqueue(
                (begun
                                ? stalled.onResponseBody(SocketEffect.Stall.INSTANCE)
                                : stalled.onResponseStart(SocketEffect.Stall.INSTANCE))
                        .build());
        refused(
                FetchRules.DEFAULTS.within(Duration.ofMillis(1500)),
                address("slow.example", "/"),
                "it took longer than 1.5 s");
    }

    @Test
    void aNameThatIsNeverResolvedIsGivenUpInTime() {
        CountDownLatch forever = new CountDownLatch(1);
        names =
                _ -> {
                    await(forever);
                    return new InetAddress[] {OUTSIDE};
                };
        refused(
                FetchRules.DEFAULTS.within(Duration.ofMillis(200)),
                address("mute.example", "/"),
                "it took longer than 0.2 s");
        forever.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itEndsWhenNobodyWaitsForItAnyMore() {
        CountDownLatch forever = new CountDownLatch(1);
        CancellationSource source = new CancellationSource();
        names =
                _ -> {
                    source.cancel();
                    await(forever);
                    return new InetAddress[] {OUTSIDE};
                };
        Set<URI> one = Set.of(address("a.example", "/"));
        assertThatThrownBy(() -> fetcher(FetchRules.DEFAULTS).fetch(one, source))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        forever.countDown();
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void theOperatorCanHaveNothingFetched() {
        Set<URI> one = Set.of(address("a.example", "/"));
        assertThatThrownBy(
                        () -> fetcher(FetchRules.DEFAULTS.disabled()).fetch(one, Cancellation.NONE))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("UNSUPPORTED"))
                .hasMessageContaining("send the content itself as a data: URL");
        assertThat(resolved).isEmpty();
    }

    /** Goes on until its reader has gone. */
    private static final class Endless implements MockResponseBody {
        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(PNG.getBytes(ISO_8859_1));
            byte[] more = new byte[8192];
            while (true) {
                sink.write(more).flush();
            }
        }
    }
}
