package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no HTTP, or hardly: it ends, is never a 500, and harms nobody else. */
class BadRequestsTest {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final long SEED = Long.getLong("fuzz.seed", 20260101L);
    private static final int COUNT = Integer.getInteger("fuzz.count", 300);
    private static final String POST = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String CHAT = Served.chatBody(FakeRouter.ECHO, "hello");

    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                one("a chunk size that is no number", CHUNKED + "zz\r\n" + CHAT + "\r\n0\r\n\r\n"),
                one("a negative chunk", CHUNKED + "-5\r\nhello\r\n0\r\n\r\n"),
                one("a chunk beyond a long", CHUNKED + "ffffffffffffffffff\r\nx\r\n0\r\n\r\n"),
                one("a chunk that promises two gigabytes", CHUNKED + "7fffffff\r\n{}\r\n"),
                one("a chunk longer than said", CHUNKED + "2\r\n{}{}\r\n0\r\n\r\n"),
                one("a chunk without its end", CHUNKED + "5\r\n{\"a\""),
                one("chunks without the last", CHUNKED + "2\r\n{}\r\n"),
                one("a chunk size without an end", CHUNKED + "1".repeat(100_000)),
                one("a length that is no number", POST + "Content-Length: five\r\n\r\n{}"),
                one("a negative length", POST + "Content-Length: -2\r\n\r\n{}"),
                one(
                        "a length beyond a long",
                        POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                one("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
                one("a length that is too long", POST + "Content-Length: 500\r\n\r\n{}"),
                one("a length that is too short", POST + "Content-Length: 1\r\n\r\n{}" + CHAT),
                one(
                        "a length and chunks",
                        POST
                                + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n0\r\n\r\n"),
                one("another coding", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                one("no gzip", POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
                one(
                        "an unknown coding",
                        POST + "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}"),
                one("too many headers", POST + "X-A: b\r\n".repeat(20_000) + "\r\n"),
                one("a header that is too long", POST + "X-A: " + "b".repeat(100_000) + "\r\n\r\n"),
                one("a header without a colon", POST + "nothing\r\n\r\n"),
                one("a header without a name", POST + ": x\r\n\r\n"),
                one("a folded header", POST + "X-A: b\r\n c\r\n\r\n"),
                one("a header with a NUL", POST + "X-A: b\u0000c\r\n\r\n"),
                one("a header that is not ASCII", POST + "X-Ä: 😀\r\nContent-Length: 0\r\n\r\n"),
                one("lines without CR", POST.replace("\r", "") + "\n"),
                one("a path that is too long", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n"),
                one("a broken escape", "GET /v1/models/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one("half an escape", "GET /v1/models/a%2 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one(
                        "an escaped half",
                        "GET /v1/models/%ed%a0%80 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one(
                        "a query that is none",
                        "GET /v1/models?%%&=&a=%f HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one(
                        "a path out of the root",
                        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one(
                        "a whole address",
                        "GET http://localhost/v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one("an asterisk", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one("a tunnel", "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n"),
                one("no host", "GET /v1/models HTTP/1.1\r\n\r\n"),
                one(
                        "two hosts",
                        "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n"),
                one("a host that is none", "GET /v1/models HTTP/1.1\r\nHost: [::\r\n\r\n"),
                one("an unknown method", "BREW /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                one("an unknown version", "GET /v1/models HTTP/9.9\r\nHost: localhost\r\n\r\n"),
                one("no version", "GET /v1/models\r\n\r\n"),
                one("nothing but line ends", "\r\n\r\n\r\n\r\n"),
                one("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"),
                one("another HTTP/2", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"),
                one(
                        "an HTTP/2 frame that is too long",
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u00ff\u00ff\u00ff\u0001"),
                one(
                        "an upgrade without settings",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: %%%\r\n\r\n"),
                one(
                        "an expectation that is unknown",
                        POST + "Expect: wonders\r\nContent-Length: 2\r\n\r\n{}"));
    }

    private static Arguments one(String name, String request) {
        return Arguments.of(name, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void endsAndIsNoFaultOfTheServer(String name, String request) throws Exception {
        String answer = answer(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(statuses(answer)).as(answer).noneMatch(BadRequestsTest::isAFault);
        assertOthersAreServed();
    }

    /** 501 and 505 tell what the client wants of HTTP that is not there. */
    private static boolean isAFault(int status) {
        return status >= 500 && status != 501 && status != 505;
    }

    /** What follows could be read as a request, and would be answered to somebody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\n",
                "fffffffff\r\n",
                "3\r\n{}\r\n",
                "1\r\n{}\r\n",
                "0\r\nX-A: b\r\n\r\n"
            })
    void nothingIsReadBehindAMalformedBody(String chunk) throws Exception {
        try (RawHttp http = served.connect()) {
            String next = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
            http.send(CHUNKED + chunk + "2\r\n{}\r\n0\r\n\r\n" + next);
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(hasEnded(http)).isTrue();
        }
    }

    /** Closed, or reset because of what the server did not read. */
    private static boolean hasEnded(RawHttp http) throws IOException {
        try {
            return http.ended();
        } catch (SocketException _) {
            return true;
        }
    }

    @Test
    void spoiledRequestsEnd() throws Exception {
        Random random = new Random(SEED);
        String good =
                POST
                        + "Content-Type: application/json\r\nContent-Length: "
                        + CHAT.length()
                        + "\r\n\r\n"
                        + CHAT;
        String chunked =
                CHUNKED + Integer.toHexString(CHAT.length()) + "\r\n" + CHAT + "\r\n0\r\n\r\n";
        for (int i = 0; i < COUNT; i++) {
            byte[] request = spoiled(random.nextBoolean() ? good : chunked, random);
            String answer = answer(request);
            assertThat(statuses(answer))
                    .as(
                            "seed %d, request %d: %s\n%s",
                            SEED, i, new String(request, StandardCharsets.ISO_8859_1), answer)
                    .noneMatch(BadRequestsTest::isAFault);
        }
        assertOthersAreServed();
    }

    private static byte[] spoiled(String good, Random random) {
        byte[] bytes = good.getBytes(StandardCharsets.ISO_8859_1);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, cut);
    }

    private static void assertOthersAreServed() throws IOException {
        assertThat(served.chat(FakeRouter.ECHO, "hello").body()).contains("hello");
    }

    /** All that the server says until it closes, once the client has said all that it will. */
    private static String answer(byte[] request) throws IOException {
        InetSocketAddress server = served.server().address();
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                in.transferTo(answer);
            } catch (SocketException _) {
                // closed while the rest of the request was on its way
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private static Stream<Integer> statuses(String answer) {
        return answer.lines()
                .filter(line -> line.matches("HTTP/1.1 \\d\\d\\d .*"))
                .map(line -> Integer.valueOf(line.substring(9, 12)));
    }
}
