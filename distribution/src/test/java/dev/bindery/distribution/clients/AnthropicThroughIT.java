package dev.bindery.distribution.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.bindery.distribution.Command;
import dev.bindery.distribution.LiveHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's own client, with a provider of its own API behind the host: what the contract has no
 * name for reaches the one and comes back to the other. Quotes are single ones in this class.
 */
class AnthropicThroughIT {
    private static final String SEARCHED =
            "{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{'query':'rain'}}";
    private static final String FOUND =
            "{'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':[{'type':'web_search_result','url':'https://example.org','title':'Rain','encrypted_content':'RW5jcnlwdGVk+/==','page_age':null}]}";
    private static final String CITATION =
            "{'type':'web_search_result_location','url':'https://example.org','title':'Rain','encrypted_index':'SW5kZXg=','cited_text':'wet'}";
    private static final List<String> CONTENT =
            List.of(
                    "{'type':'text','text':'I look.'}",
                    SEARCHED,
                    FOUND,
                    "{'type':'text','text':'It '}",
                    "{'type':'text','text':'rains','citations':[" + CITATION + "]}",
                    "{'type':'text','text':'.'}");

    @TempDir static Path folder;
    private static LiveHost host;
    private static MockWebServer provider;

    @BeforeAll
    static void start() throws Exception {
        provider = new MockWebServer();
        provider.start();
        host = LiveHost.start(folder.resolve("home"));
        Command.Result configured =
                host.bindery(
                        "config",
                        "anthropic",
                        "api_key=any",
                        "models=[\"claude\"]",
                        "base_url=" + provider.url("/"));
        assertThat(configured.exit()).as(configured.output()).isZero();
    }

    @AfterAll
    static void stop() {
        host.close();
        provider.close();
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheProviderSaidComesBackToItAsItWas(boolean streamed) throws Exception {
        provider.enqueue(streamed ? stream() : whole());
        provider.enqueue(whole());
        AnthropicClient client =
                AnthropicOkHttpClient.builder()
                        .baseUrl(host.address())
                        .apiKey("any")
                        .maxRetries(0)
                        .build();
        MessageCreateParams.Builder chat =
                MessageCreateParams.builder()
                        .model("anthropic/claude")
                        .maxTokens(100)
                        .putAdditionalHeader("anthropic-beta", "some-feature-2025-01-01")
                        .addUserMessage("look");

        Message answer = ask(client, chat.build(), streamed);
        assertThat(answer.content().stream().map(ContentBlock::isText))
                .containsExactly(true, false, false, true, true, true);
        client.messages().create(chat.addMessage(answer).addUserMessage("and?").build());
        client.close();

        assertThat(heard().getHeaders().get("anthropic-beta")).isEqualTo("some-feature-2025-01-01");
        JsonNode second = LiveHost.json(heard().getBody().utf8());
        assertThat(said(second.at("/messages/1/content")))
                .isEqualTo(said(LiveHost.json(quoted("[" + String.join(",", CONTENT) + "]"))));
    }

    private static RecordedRequest heard() throws InterruptedException {
        RecordedRequest request = provider.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    /** The blocks, without fields that are null: the client adds and drops such. */
    private static JsonNode said(JsonNode content) {
        String nothing = "\"[a-z_]+\":null";
        return LiveHost.json(
                content.toString().replaceAll(nothing + ",", "").replaceAll("," + nothing, ""));
    }

    private static Message ask(
            AnthropicClient client, MessageCreateParams params, boolean streamed) {
        if (!streamed) {
            return client.messages().create(params);
        }
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static MockResponse whole() {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(
                        quoted(
                                "{'id':'msg_1','type':'message','role':'assistant','model':'claude','content':[%s],'stop_reason':'end_turn','usage':{'input_tokens':1,'output_tokens':2}}"
                                        .formatted(String.join(",", CONTENT))))
                .build();
    }

    private static MockResponse stream() {
        List<String> blocks =
                List.of(
                        block(0, "{'type':'text','text':''}", text("I "), text("look.")),
                        block(
                                1,
                                SEARCHED.replace("{'query':'rain'}", "{}"),
                                "{'type':'input_json_delta','partial_json':'{\\'query\\':'}",
                                "{'type':'input_json_delta','partial_json':'\\'rain\\'}'}"),
                        block(2, FOUND),
                        block(3, "{'type':'text','text':''}", text("It ")),
                        block(
                                4,
                                "{'type':'text','text':'','citations':[]}",
                                "{'type':'citations_delta','citation':%s}".formatted(CITATION),
                                text("rains")),
                        block(5, "{'type':'text','text':''}", text(".")));
        String events =
                event(
                                "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant','model':'claude','content':[],'usage':{'input_tokens':1,'output_tokens':1}}}")
                        + String.join("", blocks)
                        + event(
                                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}")
                        + event("{'type':'message_stop'}");
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .chunkedBody(events, 61)
                .build();
    }

    private static String text(String text) {
        return "{'type':'text_delta','text':'%s'}".formatted(text);
    }

    private static String block(int index, String begun, String... deltas) {
        return event(
                        "{'type':'content_block_start','index':%d,'content_block':%s}"
                                .formatted(index, begun))
                + List.of(deltas).stream()
                        .map(delta ->
                                event(
                                        "{'type':'content_block_delta','index':%d,'delta':%s}"
                                                .formatted(index, delta)))
                        .collect(Collectors.joining())
                + event("{'type':'content_block_stop','index':%d}".formatted(index));
    }

    private static String event(String data) {
        String type = data.replaceFirst("^\\{'type':'([^']*)'(?s:.*)", "$1");
        return "event: %s\ndata: %s\n\n".formatted(type, quoted(data));
    }
}
