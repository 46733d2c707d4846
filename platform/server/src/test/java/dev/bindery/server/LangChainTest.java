package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j, whose clients ask in ways of their own. */
class LangChainTest {
    private static Served served;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        base = served.url() + "/v1";
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void itChats() {
        OpenAiChatModel model =
                OpenAiChatModel.builder().baseUrl(base).apiKey("any").modelName(ECHO).build();
        assertThat(model.chat("hello there")).isEqualTo("hello there");
    }

    @Test
    void itStreams() throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        OpenAiStreamingChatModel.builder()
                .baseUrl(base)
                .apiKey("any")
                .modelName(ECHO)
                .build()
                .chat(
                        "hello 😀 there",
                        new StreamingChatResponseHandler() {
                            @Override
                            public void onPartialResponse(String piece) {}

                            @Override
                            public void onCompleteResponse(ChatResponse response) {
                                whole.complete(response);
                            }

                            @Override
                            public void onError(Throwable error) {
                                whole.completeExceptionally(error);
                            }
                        });
        ChatResponse response = whole.get(10, TimeUnit.SECONDS);
        assertThat(response.aiMessage().text()).isEqualTo("hello 😀 there");
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(3);
    }

    @Test
    void itCompletesAndEmbeds() {
        OpenAiLanguageModel language =
                OpenAiLanguageModel.builder().baseUrl(base).apiKey("any").modelName(ECHO).build();
        assertThat(language.generate("one two").content()).isEqualTo("one two");
        OpenAiEmbeddingModel embedding =
                OpenAiEmbeddingModel.builder().baseUrl(base).apiKey("any").modelName(ECHO).build();
        assertThat(
                        embedding
                                .embedAll(List.of(TextSegment.from("abcd")))
                                .content()
                                .getFirst()
                                .vector())
                .containsExactly(4f, 0.5f, 0.5f);
    }
}
