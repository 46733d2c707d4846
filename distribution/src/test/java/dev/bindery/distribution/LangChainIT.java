package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j in front of the echo and of a real model. */
class LangChainIT {
    private static final String ECHO = "echo/echo";
    private static final String FRANCE = "What is the capital of France?";

    @TempDir static Path folder;
    private static LiveHost host;

    @BeforeAll
    static void start() throws Exception {
        Path home = folder.resolve("home");
        TestModel.into(home);
        host = LiveHost.start(home);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static OpenAiChatModel model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(host.v1())
                .apiKey("any")
                .modelName(name)
                .temperature(0.0)
                .maxTokens(24)
                .maxRetries(0)
                .build();
    }

    /** An answer on its way, and the pieces that have come. */
    private static final class Listener implements StreamingChatResponseHandler {
        private final Queue<String> pieces = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }

        String text() throws Exception {
            return whole.get(60, TimeUnit.SECONDS).aiMessage().text();
        }
    }

    private static Listener stream(String name, String text) {
        Listener listener = new Listener();
        OpenAiStreamingChatModel.builder()
                .baseUrl(host.v1())
                .apiKey("any")
                .modelName(name)
                .temperature(0.0)
                .maxTokens(24)
                .build()
                .chat(text, listener);
        return listener;
    }

    @Test
    void itChatsWithBoth() {
        assertThat(model(ECHO).chat("hello 😀 there")).isEqualTo("hello 😀 there");
        assertThat(model(TestModel.ID).chat(FRANCE)).contains("Paris");
    }

    @Test
    void itStreamsFromBothAtOnce() throws Exception {
        List<Listener> echoes =
                IntStream.range(0, 8).mapToObj(i -> stream(ECHO, "hello 😀 number " + i)).toList();
        List<Listener> answers =
                IntStream.range(0, 3).mapToObj(_ -> stream(TestModel.ID, FRANCE)).toList();

        for (int i = 0; i < echoes.size(); i++) {
            assertThat(echoes.get(i).text()).isEqualTo("hello 😀 number " + i);
            assertThat(echoes.get(i).pieces).hasSize(4);
        }
        for (Listener answer : answers) {
            assertThat(answer.text()).contains("Paris").isEqualTo(String.join("", answer.pieces));
        }
    }

    @Test
    void itEmbedsWithBoth() {
        for (String name : List.of(ECHO, TestModel.ID)) {
            OpenAiEmbeddingModel model =
                    OpenAiEmbeddingModel.builder()
                            .baseUrl(host.v1())
                            .apiKey("any")
                            .modelName(name)
                            .build();
            List<TextSegment> texts =
                    List.of(TextSegment.from("a cat"), TextSegment.from("a stone"));

            assertThat(model.embedAll(texts).content())
                    .as(name)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.vector()).hasSizeGreaterThan(383))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void itTellsRefusalsApart() {
        assertThatThrownBy(() -> model("nobody/here").chat("x"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining(TestModel.ID);
        assertThatThrownBy(() -> model(TestModel.ID).chat("word ".repeat(6_000)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("4096");
    }
}
