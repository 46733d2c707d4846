package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolResultPart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, with its newer API. */
class ResponsesClientTest {
    private static Served served;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(served.url() + "/v1")
                        .apiKey("any")
                        .maxRetries(0)
                        .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        served.close();
    }

    private static ResponseCreateParams.Builder ask(String model, String text) {
        return ResponseCreateParams.builder().model(model).input(text);
    }

    private static Response streamed(ResponseCreateParams params) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.response();
    }

    private static List<Response> both(ResponseCreateParams params) {
        return List.of(client.responses().create(params), streamed(params));
    }

    @Test
    void itGetsWholeAndStreamedAnswers() {
        for (Response answer : both(ask(ECHO, "hello 😀 there").build())) {
            assertThat(answer.validate().status()).hasValue(ResponseStatus.COMPLETED);
            assertThat(
                            answer.output()
                                    .getFirst()
                                    .asMessage()
                                    .content()
                                    .getFirst()
                                    .asOutputText()
                                    .text())
                    .isEqualTo("hello 😀 there");
            assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(6);
        }
    }

    @Test
    void itCallsFunctionsAndSendsTheirResults() throws Exception {
        served.router.serve(
                "fake/agent",
                List.of(
                        Operation.reasoning(ReasoningPart.of("hm", "sig", false)),
                        Operation.toolCall(ToolCallDelta.of(0, "c0", "f", "{\"a\"")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, ":1}"))),
                FinishReason.TOOL_CALLS);
        for (Response answer : both(ask("fake/agent", "x").build())) {
            var call = answer.validate().output().getLast().asFunctionCall();
            assertThat(call.callId()).isEqualTo("c0");
            assertThat(call.arguments()).isEqualTo("{\"a\":1}");
            List<ResponseInputItem> items = new ArrayList<>();
            items.add(ResponseInputItem.ofReasoning(answer.output().getFirst().asReasoning()));
            items.add(ResponseInputItem.ofFunctionCall(call));
            items.add(
                    ResponseInputItem.ofFunctionCallOutput(
                            ResponseInputItem.FunctionCallOutput.builder()
                                    .callId("c0")
                                    .output("sunny")
                                    .build()));
            served.router.asked.clear();
            client.responses()
                    .create(
                            ResponseCreateParams.builder()
                                    .model("fake/agent")
                                    .inputOfResponse(items)
                                    .build());
            var messages = served.router.asked.take().chat().orElseThrow().messages();
            assertThat(messages.getFirst().parts(ReasoningPart.class).getFirst().signature())
                    .hasValue("sig");
            assertThat(messages.getLast().role()).isEqualTo(Role.TOOL);
            assertThat(messages.getLast().parts(ToolResultPart.class).getFirst().text())
                    .isEqualTo("sunny");
        }
    }

    @Test
    void itHearsOfFailures() {
        assertThatThrownBy(() -> client.responses().create(ask("no", "x").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is no model no");
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("half"));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "upstream broke");
                });
        Response failed = streamed(ask("fake/breaks", "x").build());
        assertThat(failed.status()).hasValue(ResponseStatus.FAILED);
        assertThat(failed.error().orElseThrow().message()).isEqualTo("upstream broke");
    }

    @Test
    void closingAStreamInTheMiddleCancelsTheCall() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        served.router.serve(
                "fake/endless",
                (request, sink) -> {
                    sink.on(Operation.chunk("first"));
                    sink.pause();
                    request.cancellation().onCancel(cancelled::countDown);
                    assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
                    throw BindingException.cancelled();
                });
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(ask("fake/endless", "x").build())) {
            assertThat(
                            stream.stream()
                                    .filter(ResponseStreamEvent::isOutputTextDelta)
                                    .findFirst()
                                    .orElseThrow()
                                    .asOutputTextDelta()
                                    .delta())
                    .isEqualTo("first");
        }
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
