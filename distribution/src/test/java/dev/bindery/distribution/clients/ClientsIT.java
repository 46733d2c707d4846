package dev.bindery.distribution.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.distribution.Command;
import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.TestModel;
import dev.bindery.distribution.Wait;
import dev.bindery.distribution.clients.ChatClient.Called;
import dev.bindery.distribution.clients.ChatClient.Said;
import dev.bindery.distribution.clients.ChatClient.Worked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every client in front of the echo, of a real model, and of a provider behind the host. */
class ClientsIT {
    private static final String ECHO = "echo/echo";
    private static final String FRANCE = "What is the capital of France?";
    private static final String STORY = "Write a very long story about a king and his horse.";
    private static final Map<String, Function<LiveHost, ChatClient>> CLIENTS = clients();

    @TempDir static Path folder;
    private static LiveHost host;
    private static Provider provider;

    private static Map<String, Function<LiveHost, ChatClient>> clients() {
        Map<String, Function<LiveHost, ChatClient>> clients = new LinkedHashMap<>();
        clients.put("openai-java", OpenAiChat::new);
        clients.put("openai-java, Responses", OpenAiResponses::new);
        clients.put("anthropic-java", AnthropicMessages::new);
        clients.put("ollama4j", OllamaForJava::new);
        clients.put("LangChain4j, OpenAI", LangChain::openAi);
        clients.put("LangChain4j, Anthropic", LangChain::anthropic);
        clients.put("LangChain4j, Ollama", LangChain::ollama);
        return clients;
    }

    @BeforeAll
    static void start() throws Exception {
        Path home = folder.resolve("home");
        TestModel.into(home);
        provider = new Provider();
        host = LiveHost.start(home);
        configure("config", "openai", "api_key=any", "base_url=" + provider.url());
        configure("config", "slow", "--binding", "echo", "delay_ms=500");
    }

    private static void configure(String... arguments) throws Exception {
        Command.Result configured = host.bindery(arguments);
        assertThat(configured.exit()).as(configured.output()).isZero();
    }

    @AfterAll
    static void stop() {
        host.close();
        provider.close();
    }

    static Stream<String> each() {
        return CLIENTS.keySet().stream();
    }

    static Stream<Arguments> eachWholeAndStreamed() {
        return each().flatMap(
                        name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    private static ChatClient client(String name) {
        return CLIENTS.get(name).apply(host);
    }

    @ParameterizedTest
    @MethodSource("eachWholeAndStreamed")
    void itHearsWhatEachModelSays(String name, boolean streamed) throws Exception {
        try (ChatClient client = client(name)) {
            String said = "  Grüße,\n\tdrei  Wörter 😀 ";
            assertThat(client.ask(ECHO, said, streamed)).isEqualTo(new Said(said, false, 4, 4));

            assertThat(client.ask("openai/says", "x", streamed))
                    .isEqualTo(new Said(Provider.TEXT, false, 10, 5));
            assertThat(client.ask("openai/cut", "x", streamed).cut()).isTrue();

            Said paris = client.ask(TestModel.ID, FRANCE, streamed);
            assertThat(paris.text()).contains("Paris");
            assertThat(paris.inputTokens()).isGreaterThan(7);
            assertThat(paris.outputTokens()).isBetween(3L, (long) ChatClient.MOST);
        }
    }

    @ParameterizedTest
    @MethodSource("eachWholeAndStreamed")
    void itWorksWithTools(String name, boolean streamed) throws Exception {
        provider.forget();
        try (ChatClient client = client(name)) {
            Worked worked = client.work("openai/works", "How is it?", streamed);

            assertThat(worked.calls())
                    .containsExactly(
                            new Called("weather", LiveHost.json("{\"city\":\"Köln 😀\"}")),
                            new Called("time", LiveHost.json("{\"zone\":\"CET\"}")));
            // ollama4j puts words of its own around what a tool says
            assertThat(worked.text())
                    .startsWith("it is ")
                    .containsSubsequence(ChatClient.SUNNY, " and ", ChatClient.NOON);
        }
        assertThat(provider.heard().get("tools").valueStream())
                .extracting(tool -> tool.at("/function/name").stringValue())
                .containsExactly("weather", "time");
        assertGoesOn(provider.heard());
    }

    /** What the provider attached to a call is with it again, although no client knows of it. */
    private static void assertGoesOn(JsonNode secondTurn) {
        List<JsonNode> messages = secondTurn.get("messages").valueStream().toList();
        assertThat(messages)
                .extracting(message -> message.get("role").stringValue())
                .endsWith("assistant", "tool", "tool");
        JsonNode calls = messages.get(messages.size() - 3).get("tool_calls");
        assertThat(calls.at("/0/extra_content")).isEqualTo(LiveHost.json(Provider.SIGNATURE));
        assertThat(calls.at("/1/extra_content").isMissingNode()).isTrue();
        for (int i = 0; i < 2; i++) {
            JsonNode result = messages.get(messages.size() - 2 + i);
            assertThat(result.get("tool_call_id")).isEqualTo(calls.get(i).get("id"));
        }
    }

    @ParameterizedTest
    @MethodSource("eachWholeAndStreamed")
    void itHearsWhatWentWrong(String name, boolean streamed) throws Exception {
        try (ChatClient client = client(name)) {
            assertThatThrownBy(() -> client.ask("nobody/here", "x", streamed))
                    .hasStackTraceContaining("nobody/here");
            assertRefused(client, "the quota", () -> client.ask("openai/limited", "x", streamed));
            assertThatThrownBy(() -> client.ask("openai/breaks", "x", streamed)).isNotNull();
            assertThatThrownBy(() -> client.ask("openai/broken", "x", streamed)).isNotNull();
            String tooLong = "word ".repeat(6000);
            assertRefused(client, "4096", () -> client.ask(TestModel.ID, tooLong, streamed));
            for (String model : List.of(ECHO, TestModel.ID)) {
                assertRefused(client, "tools", () -> client.work(model, "x", streamed));
            }

            assertThat(client.ask(ECHO, "still here", streamed).text()).isEqualTo("still here");
        }
    }

    private static void assertRefused(ChatClient client, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(refusal -> {
                    if (client.tellsWhy()) {
                        assertThat(refusal).hasStackTraceContaining(why);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("each")
    void itLeavesAndTheWorkEnds(String name) throws Exception {
        try (ChatClient client = client(name)) {
            for (String model : List.of("slow/echo", "openai/endless", TestModel.ID)) {
                String instance = model.substring(0, model.indexOf('/'));
                long before = cancelled(instance);

                client.leave(model, model.equals(TestModel.ID) ? STORY : "on and on ".repeat(200));

                Wait.until(name + " has left " + model, () -> cancelled(instance) == before + 1);
                Wait.until(instance + " rests", () -> activeCalls(instance) == 0);
            }
        }
    }

    private static int activeCalls(String instance) throws Exception {
        return host.admin("GET", "instances/" + instance).get("active_calls").intValue();
    }

    /** How many answers of an instance ended because their clients went away. */
    private static long cancelled(String instance) throws IOException {
        try (Stream<String> lines = Files.lines(host.home().resolve("logs/access.log"))) {
            return lines.map(LiveHost::json)
                    .filter(line -> line.path("instance").asString("").equals(instance))
                    .filter(line -> line.get("end").stringValue().equals("cancelled"))
                    .count();
        }
    }
}
