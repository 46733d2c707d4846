package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResponseModel;
import io.github.ollama4j.models.chat.OllamaChatStreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Clients of Ollama in front of the echo and of a real model. */
class OllamaIT {
    private static final String ECHO = "echo/echo";
    private static final String FRANCE = "What is the capital of France?";

    @TempDir static Path folder;
    private static LiveHost host;
    private static Ollama client;

    @BeforeAll
    static void start() throws Exception {
        Path home = folder.resolve("home");
        TestModel.into(home);
        host = LiveHost.start(home);
        client = new Ollama(host.address());
        client.setRequestTimeoutSeconds(60);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static OllamaChatRequest chat(String model, String text) {
        return OllamaChatRequest.builder()
                .withModel(model)
                .withMessage(OllamaChatMessageRole.USER, text);
    }

    private static OllamaChatModel langChain(String model) {
        return OllamaChatModel.builder()
                .baseUrl(host.address())
                .modelName(model)
                .temperature(0.0)
                .numPredict(24)
                .maxRetries(0)
                .build();
    }

    @Test
    void bothModelsAreListedUnderNamesThatAreFound() throws Exception {
        List<String> names = client.listModels().stream().map(each -> each.getName()).toList();
        assertThat(names).contains(ECHO + ":latest", TestModel.ID + ":latest");
        assertThat(client.getModelDetails(TestModel.ID + ":latest").getCapabilities())
                .contains("completion");
    }

    @Test
    void ollamasJavaClientStreamsFromBoth() throws Exception {
        StringBuilder pieces = new StringBuilder();
        client.chat(
                chat(ECHO, "hello 😀 there").withStreaming().build(),
                new OllamaChatStreamObserver(_ -> {}, pieces::append));
        assertThat(pieces).hasToString("hello 😀 there");

        OllamaChatResponseModel answer =
                client.chat(
                                chat(TestModel.ID, FRANCE).withStreaming().build(),
                                new OllamaChatStreamObserver(_ -> {}, _ -> {}))
                        .getResponseModel();
        assertThat(answer.isDone()).isTrue();
        assertThat(answer.getEvalCount()).isPositive();
    }

    @Test
    void langChainChatsAndEmbedsWithBoth() throws Exception {
        assertThat(langChain(ECHO).chat("hello 😀 there")).isEqualTo("hello 😀 there");
        assertThat(langChain(TestModel.ID).chat(FRANCE)).contains("Paris");
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        OllamaStreamingChatModel.builder()
                .baseUrl(host.address())
                .modelName(TestModel.ID)
                .temperature(0.0)
                .numPredict(24)
                .build()
                .chat(
                        FRANCE,
                        new StreamingChatResponseHandler() {
                            @Override
                            public void onPartialResponse(String piece) {}

                            @Override
                            public void onCompleteResponse(ChatResponse response) {
                                streamed.complete(response);
                            }

                            @Override
                            public void onError(Throwable error) {
                                streamed.completeExceptionally(error);
                            }
                        });
        assertThat(streamed.get(60, TimeUnit.SECONDS).aiMessage().text()).contains("Paris");
        for (String model : List.of(ECHO, TestModel.ID)) {
            assertThat(
                            OllamaEmbeddingModel.builder()
                                    .baseUrl(host.address())
                                    .modelName(model)
                                    .build()
                                    .embedAll(List.of(TextSegment.from("a cat")))
                                    .content()
                                    .getFirst()
                                    .vector())
                    .hasSizeGreaterThan(383);
        }
    }

    @Test
    void aSchemaIsKeptToAndWhatIsUnknownIsRefused() throws Exception {
        String asked =
                """
                {"model":"%s","stream":false,"options":{"num_predict":48,"temperature":0},
                 "format":{"type":"object","properties":{"city":{"type":"string","maxLength":12}},
                           "required":["city"]},
                 "messages":[{"role":"user","content":"Name a city."}]}
                """
                        .formatted(TestModel.ID);
        JsonNode answer = LiveHost.json(host.post("/api/chat", asked).body());
        JsonNode city = LiveHost.json(answer.at("/message/content").stringValue());
        assertThat(city.get("city").isString()).isTrue();
        assertThat(answer.get("eval_duration").longValue()).isPositive();
        assertThatThrownBy(() -> langChain("nobody/here").chat("x"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("model 'nobody/here' not found");
    }

    @Test
    void aModelIsLoadedSeenAndFreed() throws Exception {
        String load = "{\"model\":\"%s\"}".formatted(TestModel.ID);
        assertThat(host.post("/api/generate", load).body()).contains("\"done_reason\":\"load\"");
        assertThat(client.ps().getModels())
                .anySatisfy(each -> assertThat(each.getName()).isEqualTo(TestModel.ID + ":latest"));
        client.unloadModel(TestModel.ID);
        Wait.until("the model is freed", () -> client.ps().getModels().isEmpty());
    }
}
