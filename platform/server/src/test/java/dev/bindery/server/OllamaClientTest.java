package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolResultPart;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResult;
import io.github.ollama4j.models.chat.OllamaChatStreamObserver;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.generate.OllamaGenerateRequest;
import io.github.ollama4j.models.generate.OllamaGenerateStreamObserver;
import io.github.ollama4j.models.request.ThinkMode;
import io.github.ollama4j.models.response.OllamaResult;
import io.github.ollama4j.tools.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ollama4j, which has its own idea of Ollama's API. */
class OllamaClientTest {
    private static Served served;
    private static Ollama client;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        client = new Ollama(served.url());
        client.setRequestTimeoutSeconds(30);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static OllamaChatRequest chat(String model, String text) {
        return OllamaChatRequest.builder()
                .withModel(model)
                .withMessage(OllamaChatMessageRole.USER, text);
    }

    @Test
    void itFindsTheServerAndItsModels() throws Exception {
        assertThat(client.ping()).isTrue();
        assertThat(client.getVersion()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(client.listModels())
                .anySatisfy(model -> {
                    assertThat(model.getName()).isEqualTo(ECHO + ":latest");
                    assertThat(model.getDigest()).hasSize(64);
                });
        assertThat(client.ps().getModels()).isEmpty();
        assertThat(client.getModelDetails(ECHO).getDetails()).isNotNull();
        client.pullModel("echo/new");
    }

    @Test
    void itChatsWholeAndStreamed() throws Exception {
        OllamaChatResult whole = client.chat(chat(ECHO, "hello 😀 there").build(), null);
        assertThat(whole.getResponseModel().getMessage().getResponse()).isEqualTo("hello 😀 there");
        assertThat(whole.getResponseModel().getEvalCount()).isEqualTo(3);
        StringBuilder pieces = new StringBuilder();
        OllamaChatResult streamed =
                client.chat(
                        chat(ECHO, "hello 😀 there").withStreaming().build(),
                        new OllamaChatStreamObserver(_ -> {}, pieces::append));
        assertThat(pieces).hasToString("hello 😀 there");
        assertThat(streamed.getResponseModel().isDone()).isTrue();
    }

    @Test
    void itGeneratesAndEmbeds() throws Exception {
        OllamaResult result =
                client.generate(
                        OllamaGenerateRequest.builder()
                                .withModel(ECHO)
                                .withPrompt("a b")
                                .withThink(ThinkMode.DISABLED)
                                .build(),
                        new OllamaGenerateStreamObserver(_ -> {}, _ -> {}));
        assertThat(result.getResponse()).isEqualTo("a b");
        assertThat(result.getDoneReason()).isEqualTo("stop");
        assertThat(client.embed(new OllamaEmbedRequest(ECHO, List.of("a", "b"))).getEmbeddings())
                .hasSize(2);
    }

    @Test
    void itCallsToolsAndSendsTheirResultsBack() throws Exception {
        served.router.serve(
                "fake/weather",
                (request, sink) -> {
                    Answer answer = new Answer(sink);
                    var result = request.chat().orElseThrow().last(Role.TOOL);
                    if (result.isPresent()) {
                        answer.on(
                                Operation.chunk(
                                        "it is "
                                                + result.get()
                                                        .parts(ToolResultPart.class)
                                                        .getFirst()
                                                        .text()));
                        return answer.result(FinishReason.STOP);
                    }
                    answer.on(
                            Operation.toolCall(
                                    ToolCallDelta.of(0, "c1", "sky", "{\"place\":\"Rome\"}")));
                    return answer.result(FinishReason.TOOL_CALLS);
                });
        Tools.Tool tool =
                Tools.Tool.builder()
                        .toolSpec(
                                Tools.ToolSpec.builder()
                                        .name("sky")
                                        .description("the sky of a place")
                                        .parameters(
                                                Tools.Parameters.of(
                                                        Map.of(
                                                                "place",
                                                                Tools.Property.builder()
                                                                        .type("string")
                                                                        .description("where")
                                                                        .required(true)
                                                                        .build())))
                                        .build())
                        .toolFunction(arguments -> "blue in " + arguments.get("place"))
                        .build();
        OllamaChatRequest request =
                chat("fake/weather", "how is it?")
                        .withTools(new ArrayList<>(List.of(tool)))
                        .withUseTools(true);
        OllamaChatResult result = client.chat(request.build(), null);
        assertThat(result.getResponseModel().getMessage().getResponse()).contains("blue in Rome");
    }

    @Test
    void itHearsOfRefusalsAndOfFailuresInMidStream() {
        assertThatThrownBy(() -> client.chat(chat("no/such", "x").build(), null))
                .isInstanceOf(OllamaException.class)
                .hasStackTraceContaining("model 'no/such' not found");
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("so far "));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "it broke");
                });
        assertThat(isTakenForDone("fake/breaks")).isFalse();
        assertThat(isTakenForDone(ECHO)).isTrue();
    }

    /** Whether the client takes a stream for an answer that has come to its end. */
    private static boolean isTakenForDone(String model) {
        try {
            return client.chat(
                            chat(model, "x").withStreaming().build(),
                            new OllamaChatStreamObserver(_ -> {}, _ -> {}))
                    .getResponseModel()
                    .isDone();
        } catch (OllamaException e) {
            return false;
        }
    }
}
