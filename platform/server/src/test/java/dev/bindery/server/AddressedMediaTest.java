package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Blob;
import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Part;
import dev.bindery.api.ToolResultPart;
import dev.bindery.server.options.FetchRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients name by its address, through each API. Only localhost is allowed to be private. */
class AddressedMediaTest {
    private static final String PNG = "\u0089PNG\r\n\u001a\nand so on";
    private static final String EYES = "fake/eyes";

    private final MockWebServer web = new MockWebServer();
    private Served served;

    @BeforeEach
    void start() throws IOException {
        web.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return new MockResponse.Builder()
                                .body(new Buffer().write(PNG.getBytes(ISO_8859_1)))
                                .build();
                    }
                });
        web.start();
        served = new Served(o -> o.fetch(FetchRules.DEFAULTS.allowing(Set.of("localhost"))));
        served.router.serve(
                EYES,
                (_, _) -> GenerationResult.of("seen"),
                Capability.IMAGES,
                Capability.AUDIO,
                Capability.DOCUMENTS);
    }

    @AfterEach
    void stop() {
        served.close();
        web.close();
    }

    /** The content, with quotes as apostrophes, and the address in place of the sign @. */
    private String body(String content, String host) {
        return content.replace('\'', '"')
                .replace("@", "http://" + host + ":" + web.getPort() + "/a.png?key=hidden");
    }

    private static final String CHAT =
            "{'model':'fake/eyes','messages':[{'role':'user','content':[%s]}]}";
    private static final String MESSAGE =
            "{'model':'fake/eyes','max_tokens':9,'messages':[{'role':'user','content':[%s]}]}";
    private static final String RESPONSE =
            "{'model':'fake/eyes','input':[{'role':'user','content':[%s]}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/chat/completions | {'type':'image_url','image_url':{'url':'@'}}",
                "/v1/chat/completions | {'type':'image_url','image_url':'@'}",
                "/v1/chat/completions | {'type':'file','file':{'file_data':'@'}}",
                "/v1/chat/completions | {'type':'input_audio','input_audio':{'data':'@','format':'wav'}}",
                "/v1/responses | {'type':'input_image','image_url':'@'}",
                "/v1/responses | {'type':'input_file','file_url':'@'}",
                "/v1/messages | {'type':'image','source':{'type':'url','url':'@'}}",
                "/v1/messages | {'type':'document','source':{'type':'url','url':'@'}}",
                "/v1/messages | {'type':'tool_result','tool_use_id':'t','content':[{'type':'image','source':{'type':'url','url':'@'}}]}",
            })
    void theModelGetsWhatIsThereAndTheInsideIsRefused(String path, String part) throws Exception {
        String form = path.endsWith("messages") ? MESSAGE : CHAT;
        form = path.endsWith("responses") ? RESPONSE : form;

        RawHttp.Answer answer = served.post(path, body(form.formatted(part), "localhost"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("seen");
        Blob seen = media(served.router.asked.take()).getFirst().blob().orElseThrow();
        assertThat(seen.mediaType()).isEqualTo("image/png");
        assertThat(seen.bytes()).isEqualTo(PNG.getBytes(ISO_8859_1));

        RawHttp.Answer refused = served.post(path, body(form.formatted(part), "127.0.0.1"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).at("/error/type").stringValue())
                .isEqualTo("invalid_request_error");
        assertThat(json(refused).at("/error/message").stringValue())
                .contains("http://127.0.0.1:" + web.getPort() + "/a.png cannot be fetched")
                .contains("does not lead to a public address")
                .doesNotContain("hidden");
        assertThat(served.router.asked).isEmpty();
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    private static List<MediaPart> media(GenerationRequest request) {
        return request.chat().map(Chat::messages).orElseThrow().stream()
                .flatMap(message -> message.parts().stream())
                .flatMap(part ->
                        part instanceof ToolResultPart result
                                ? result.parts().stream()
                                : Stream.<Part>of(part))
                .map(MediaPart.class::cast)
                .toList();
    }

    @Test
    void oneThatIsNamedTwiceIsFetchedOnceAndKeepsWhatIsSaidOfIt() throws Exception {
        String twice =
                CHAT.formatted(
                        "{'type':'image_url','image_url':{'url':'@','detail':'low'}},"
                                + "{'type':'image_url','image_url':{'url':'@'}}");
        served.post("/v1/chat/completions", body(twice, "localhost"));
        List<MediaPart> seen = media(served.router.asked.take());
        assertThat(seen).extracting(part -> part.detail().orElse("")).containsExactly("low", "");
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aFailureIsNoStream() throws Exception {
        String streamed =
                CHAT.formatted("{'type':'image_url','image_url':'@'}")
                        .replace("'messages'", "'stream':true,'messages'");
        RawHttp.Answer refused = served.post("/v1/chat/completions", body(streamed, "127.0.0.1"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).at("/error/message").stringValue()).contains("cannot be fetched");
    }

    @Test
    void nothingIsFetchedForAModelThatTakesNoMedia() throws Exception {
        String blind = CHAT.formatted("{'type':'image_url','image_url':'@'}");
        RawHttp.Answer refused =
                served.post(
                        "/v1/chat/completions",
                        body(blind, "localhost").replace(EYES, FakeRouter.ECHO));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).at("/error/message").stringValue())
                .contains("takes neither images nor audio nor documents");
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void aServerThatFetchesNothingSaysWhatToSendInstead() throws Exception {
        try (Served stays = new Served(o -> o.fetch(FetchRules.DEFAULTS.disabled()))) {
            stays.router.serve(EYES, (_, _) -> GenerationResult.of("x"), Capability.IMAGES);
            String chat = CHAT.formatted("{'type':'image_url','image_url':'@'}");
            RawHttp.Answer refused = stays.post("/v1/chat/completions", body(chat, "localhost"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(json(refused).at("/error/message").stringValue())
                    .contains("send the content itself as a data: URL");
            assertThat(json(refused).at("/error/code").stringValue()).isEqualTo("unsupported");
        }
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void otherUrlsAreRefusedByTheirField() throws Exception {
        RawHttp.Answer refused =
                served.post(
                        "/v1/chat/completions",
                        CHAT.formatted("{'type':'image_url','image_url':'file:///etc/passwd'}")
                                .replace('\'', '"'));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).at("/error/message").stringValue())
                .isEqualTo(
                        "messages[0].content[0].image_url: expected a URL that begins with data:,"
                                + " https: or http:");
    }

    @Test
    void aClientThatLeavesEndsTheFetching() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawHttp client = served.connect()) {
            mute.setSoTimeout((int) TimeUnit.SECONDS.toMillis(60));
            String address = "http://localhost:" + mute.getLocalPort() + "/";
            client.post(
                    "/v1/chat/completions",
                    CHAT.formatted("{'type':'image_url','image_url':'" + address + "'}")
                            .replace('\'', '"'));
            try (Socket fetching = mute.accept()) {
                fetching.setSoTimeout((int) TimeUnit.SECONDS.toMillis(60));
                assertThat(fetching.getInputStream().read()).isEqualTo('G');
                client.reset();
                assertThat(fetching.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
        assertThat(served.router.asked).isEmpty();
    }
}
