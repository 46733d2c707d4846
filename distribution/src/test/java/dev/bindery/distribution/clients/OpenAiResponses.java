package dev.bindery.distribution.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import dev.bindery.distribution.LiveHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** OpenAI's own client, with its newer API. */
final class OpenAiResponses implements ChatClient {
    private final OpenAIClient client;

    OpenAiResponses(LiveHost host) {
        client =
                OpenAIOkHttpClient.builder().baseUrl(host.v1()).apiKey("any").maxRetries(0).build();
    }

    private static ResponseCreateParams.Builder chat(String model) {
        return ResponseCreateParams.builder().model(model).temperature(0);
    }

    private Response answer(ResponseCreateParams params, boolean streamed) {
        Response answer = streamed ? joined(params) : client.responses().create(params);
        if (answer.status().filter(ResponseStatus.FAILED::equals).isPresent()) {
            throw new IllegalStateException(answer.error().orElseThrow().message());
        }
        return answer;
    }

    private Response joined(ResponseCreateParams params) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.response();
    }

    @Override
    public Said ask(String model, String text, boolean streamed) {
        Response answer = answer(chat(model).maxOutputTokens(MOST).input(text).build(), streamed);
        ResponseUsage usage = answer.usage().orElseThrow();
        return new Said(
                text(answer),
                answer.status().filter(ResponseStatus.INCOMPLETE::equals).isPresent(),
                usage.inputTokens(),
                usage.outputTokens());
    }

    private static String text(Response answer) {
        return answer.output().stream()
                .filter(ResponseOutputItem::isMessage)
                .flatMap(item -> item.asMessage().content().stream())
                .map(part -> part.asOutputText().text())
                .collect(Collectors.joining());
    }

    @Override
    public Worked work(String model, String text, boolean streamed) {
        ResponseCreateParams offered =
                chat(model).input(text).addTool(tool("weather")).addTool(tool("time")).build();
        Response asked = answer(offered, streamed);
        List<ResponseFunctionToolCall> calls =
                asked.output().stream()
                        .filter(ResponseOutputItem::isFunctionCall)
                        .map(ResponseOutputItem::asFunctionCall)
                        .toList();
        List<ResponseInputItem> items = new ArrayList<>();
        calls.forEach(call -> items.add(ResponseInputItem.ofFunctionCall(call)));
        calls.forEach(call -> items.add(ResponseInputItem.ofFunctionCallOutput(output(call))));
        Response answered = answer(chat(model).inputOfResponse(items).build(), streamed);
        return new Worked(calls.stream().map(OpenAiResponses::called).toList(), text(answered));
    }

    private static FunctionTool tool(String name) {
        return FunctionTool.builder()
                .name(name)
                .strict(false)
                .parameters(
                        FunctionTool.Parameters.builder()
                                .putAllAdditionalProperties(
                                        Map.of("type", JsonValue.from("object")))
                                .build())
                .build();
    }

    private static ResponseInputItem.FunctionCallOutput output(ResponseFunctionToolCall call) {
        return ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output(ChatClient.result(call.name()))
                .build();
    }

    private static Called called(ResponseFunctionToolCall call) {
        return new Called(call.name(), LiveHost.json(call.arguments()));
    }

    @Override
    public void leave(String model, String text) {
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(chat(model).input(text).build())) {
            boolean begun =
                    stream.stream()
                            .filter(ResponseStreamEvent::isOutputTextDelta)
                            .findFirst()
                            .isPresent();
            if (!begun) {
                throw new IllegalStateException("the answer was empty");
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
