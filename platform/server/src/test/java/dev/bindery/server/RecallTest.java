package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.host.AnswerSink;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.options.RecallLimits;
import dev.bindery.server.options.ServerLimits;
import dev.bindery.server.options.ServerOptions;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a binding attached to a turn with tool calls, after clients that keep nothing of it. */
class RecallTest {
    private static final String MODEL = "think/deep";
    private static final String TOOL =
            "{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{}}}";
    private static final JsonObject SEAL = JsonObject.of("google", JsonObject.of("s", "c2ln+/="));
    private static final OpaquePart OPAQUE = OpaquePart.of("think", "trace", JsonObject.of("n", 7));
    private static final AtomicInteger IDS = new AtomicInteger();

    private static Served served;

    /** How a client of one API asks with a tool, and sends back the turn that it got. */
    record Client(String name, String path, String question, String turns) {
        RawHttp.Answer ask(String key) throws Exception {
            return served.post(path, question, key);
        }

        RawHttp.Answer sendBack(String id, String key) throws Exception {
            return sendBack(id, "so ", key);
        }

        RawHttp.Answer sendBack(String id, String text, String key) throws Exception {
            return served.post(path, turns.replace("ID", id).replace("TEXT", text), key);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        served = new Served(RecallTest::withKeys);
        served.router.serve(MODEL, RecallTest::think);
        served.router.serve("other/deep", RecallTest::think);
    }

    private static ServerOptions.Builder withKeys(ServerOptions.Builder options) {
        return options.keys(
                KeyRing.of(List.of(ApiKey.of("mine", "sk-mine"), ApiKey.of("yours", "sk-yours"))));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    /** A turn of everything that a provider attaches; a text once there is a result. */
    private static GenerationResult think(GenerationRequest request, AnswerSink sink) {
        if (request.chat().orElseThrow().last(Role.TOOL).isPresent()) {
            return GenerationResult.of("done");
        }
        return GenerationResult.builder()
                .candidates(
                        List.of(
                                Candidate.builder()
                                        .parts(turn("call_" + IDS.incrementAndGet()))
                                        .finishReason(FinishReason.TOOL_CALLS)
                                        .build()))
                .build();
    }

    private static List<Part> turn(String id) {
        return List.of(
                ReasoningPart.of("hm", "c2lnbmF0dXJl", false)
                        .withProviderData(JsonObject.of("openai", "encrypted")),
                OPAQUE,
                TextPart.of("so "),
                ToolCallPart.of(id, "look", "{\"at\": 1.0}").withProviderData(SEAL),
                ToolCallPart.of(id + "b", "look", "").withProviderData(SEAL.with("more", true)));
    }

    private static String key(String secret) {
        return "Authorization: Bearer " + secret;
    }

    static Stream<Client> clients() {
        String openAiCall =
                "{'id':'%s','type':'function','function':{'name':'look','arguments':'%s'}}";
        String openAi =
                "{'role':'assistant','content':'TEXT','tool_calls':["
                        + openAiCall.formatted("ID", "{\\'at\\':1}")
                        + ","
                        + openAiCall.formatted("IDb", "{}")
                        + "]},{'role':'tool','tool_call_id':'ID','content':'a'},"
                        + "{'role':'tool','tool_call_id':'IDb','content':'b'}";
        String ollama =
                "{'role':'assistant','content':'TEXT','tool_calls':["
                        + "{'id':'ID','function':{'name':'look','arguments':{'at':1}}},"
                        + "{'id':'IDb','function':{'name':'look','arguments':{}}}]},"
                        + "{'role':'tool','tool_call_id':'ID','content':'a'}";
        String anthropic =
                "{'role':'assistant','content':[{'type':'text','text':'TEXT'},"
                        + "{'type':'tool_use','id':'ID','name':'look','input':{'at':1}},"
                        + "{'type':'tool_use','id':'IDb','name':'look','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'ID',"
                        + "'content':'a'}]}";
        String responses =
                "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'TEXT'}]},"
                        + "{'type':'function_call','call_id':'ID','name':'look','arguments':'{\\'at\\':1}'},"
                        + "{'type':'function_call','call_id':'IDb','name':'look','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'ID','output':'a'}";
        return Stream.of(true, false)
                .flatMap(streamed ->
                        Stream.of(
                                chats("OpenAI", "/v1/chat/completions", TOOL, openAi, streamed),
                                chats("Ollama", "/api/chat", TOOL, ollama, streamed),
                                chats(
                                        "Anthropic",
                                        "/v1/messages",
                                        "{'name':'look','input_schema':{'type':'object'}}",
                                        anthropic,
                                        streamed),
                                client(
                                        "Responses",
                                        "/v1/responses",
                                        "{'type':'function','name':'look','parameters':{}}",
                                        "input",
                                        responses,
                                        streamed)));
    }

    private static Client chats(
            String name, String path, String tool, String turn, boolean streamed) {
        return client(name, path, tool, "messages", turn, streamed);
    }

    private static Client client(
            String name, String path, String tool, String field, String turn, boolean streamed) {
        String body =
                "{'model':'MODEL','max_tokens':9,'stream':%s,'tools':[%s],'%s':[{'role':'user','content':'q'}%%s]}"
                        .formatted(streamed, tool, field)
                        .replace("MODEL", MODEL);
        return new Client(
                name + (streamed ? " streamed" : ""),
                path,
                quoted(body.formatted("")),
                quoted(body.formatted("," + turn)));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    /** The model's turn as it reached the binding the second time. */
    private static List<Part> reached() throws Exception {
        GenerationRequest last = served.router.asked.take();
        while (!served.router.asked.isEmpty()) {
            last = served.router.asked.take();
        }
        return last.chat().orElseThrow().last(Role.ASSISTANT).map(Message::parts).orElseThrow();
    }

    private static String asks(Client client, String key) throws Exception {
        served.router.asked.clear();
        RawHttp.Answer answer = client.ask(key);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String id = "call_" + IDS.get();
        assertThat(answer.body()).contains(id + "b");
        return id;
    }

    private static void assertWhole(List<Part> parts, String id) {
        List<Part> turn = turn(id);
        assertThat(parts).hasSameSizeAs(turn);
        ReasoningPart thought = (ReasoningPart) parts.getFirst();
        assertThat(thought.text()).isEqualTo("hm");
        assertThat(thought.signature()).contains("c2lnbmF0dXJl");
        assertThat(parts.get(1)).isSameAs(OPAQUE);
        for (int i = 0; i < turn.size(); i++) {
            assertThat(parts.get(i)).hasSameClassAs(turn.get(i));
            assertThat(parts.get(i).providerData()).isEqualTo(turn.get(i).providerData());
        }
        assertThat(((ToolCallPart) parts.get(3)).arguments()).isEqualTo("{\"at\": 1.0}");
    }

    private static void assertNothing(List<Part> parts) {
        assertThat(parts)
                .noneMatch(part -> part instanceof ReasoningPart || part instanceof OpaquePart)
                .allSatisfy(part -> assertThat(part.providerData()).isEqualTo(JsonObject.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void reachesTheBindingUnchangedByTheCallsIds(Client client) throws Exception {
        String id = asks(client, key("sk-mine"));
        RawHttp.Answer answer = client.sendBack(id, key("sk-mine"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertWhole(reached(), id);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void reachesNoOtherKeyAndNoOtherInstance(Client client) throws Exception {
        String id = asks(client, key("sk-mine"));
        assertThat(client.sendBack(id, key("sk-yours")).status()).isEqualTo(200);
        assertNothing(reached());
        Client elsewhere =
                new Client(
                        client.name(),
                        client.path(),
                        client.question(),
                        client.turns().replace(MODEL, "other/deep"));
        assertThat(elsewhere.sendBack(id, key("sk-mine")).status()).isEqualTo(200);
        assertNothing(reached());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isNotMixedIntoWhatTheClientChanged(Client client) throws Exception {
        String id = asks(client, key("sk-mine"));
        assertThat(client.sendBack(id, "thus ", key("sk-mine")).status()).isEqualTo(200);
        assertNothing(reached());
    }

    @Test
    void isForgottenWhenThereIsNoRoom() throws Exception {
        RecallLimits one = new RecallLimits(1, 1 << 20, Duration.ofHours(1));
        Client client = clients().findFirst().orElseThrow();
        Served before = served;
        try (Served small = new Served(o -> o.limits(ServerLimits.DEFAULTS.withRecall(one)))) {
            small.router.serve(MODEL, RecallTest::think);
            served = small;
            String first = asks(client, key("any"));
            String second = asks(client, key("any"));
            client.sendBack(first, key("any"));
            assertNothing(reached());
            client.sendBack(second, key("any"));
            assertWhole(reached(), second);
        } finally {
            served = before;
        }
    }

    @Test
    void thoughtsThatAClientSendsBackAreItsOwn() throws Exception {
        Client client =
                clients().filter(c -> c.name().equals("Anthropic")).findFirst().orElseThrow();
        String id = asks(client, key("sk-mine"));
        String own =
                client.turns()
                        .replace(
                                "[{\"type\":\"text\"",
                                "[{\"type\":\"thinking\",\"thinking\":\"mine\",\"signature\":\"own\"},"
                                        + "{\"type\":\"text\"");
        new Client("own", client.path(), "", own).sendBack(id, key("sk-mine"));
        List<Part> parts = reached();
        assertThat(((ReasoningPart) parts.getFirst()).signature()).contains("own");
        assertThat(parts).hasSize(4);
        assertThat(parts.get(2).providerData()).isEqualTo(SEAL);
    }

    static Map<String, ChatModel> langChain() {
        return Map.of(
                "OpenAI",
                OpenAiChatModel.builder()
                        .baseUrl(served.url() + "/v1")
                        .apiKey("sk-mine")
                        .modelName(MODEL)
                        .maxRetries(0)
                        .build(),
                "Ollama",
                OllamaChatModel.builder()
                        .baseUrl(served.url())
                        .customHeaders(Map.of("Authorization", "Bearer sk-mine"))
                        .modelName(MODEL)
                        .maxRetries(0)
                        .build());
    }

    @Test
    void reachesTheBindingThroughLangChain() throws Exception {
        for (ChatModel model : langChain().values()) {
            served.router.asked.clear();
            UserMessage question = UserMessage.from("q");
            AiMessage called =
                    model.chat(
                                    ChatRequest.builder()
                                            .messages(question)
                                            .toolSpecifications(
                                                    ToolSpecification.builder()
                                                            .name("look")
                                                            .build())
                                            .build())
                            .aiMessage();
            List<ToolExecutionResultMessage> results =
                    called.toolExecutionRequests().stream()
                            .map(call -> ToolExecutionResultMessage.from(call, "seen"))
                            .toList();
            model.chat(question, called, results.getFirst(), results.getLast());
            assertWhole(reached(), "call_" + IDS.get());
        }
    }
}
