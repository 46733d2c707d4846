package dev.bindery.distribution.clients;

import dev.bindery.distribution.LiveHost;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResponseModel;
import io.github.ollama4j.models.chat.OllamaChatStreamObserver;
import io.github.ollama4j.tools.Tools;
import io.github.ollama4j.utils.OptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** ollama4j, which calls the tools by itself. */
final class OllamaForJava implements ChatClient {
    private static final JsonMapper JSON = new JsonMapper();

    private final Ollama client;

    OllamaForJava(LiveHost host) {
        client = new Ollama(host.address());
        client.setRequestTimeoutSeconds(60);
    }

    private static OllamaChatRequest chat(String model, String text) {
        return OllamaChatRequest.builder()
                .withModel(model)
                .withMessage(OllamaChatMessageRole.USER, text);
    }

    private OllamaChatResponseModel answer(OllamaChatRequest request, boolean streamed)
            throws OllamaException {
        OllamaChatResponseModel answer =
                streamed
                        ? client.chat(request.withStreaming().build(), observer())
                                .getResponseModel()
                        : client.chat(request.build(), null).getResponseModel();
        if (!answer.isDone()) {
            throw new IllegalStateException("the stream ended without its end: " + answer);
        }
        return answer;
    }

    private static OllamaChatStreamObserver observer() {
        return new OllamaChatStreamObserver(_ -> {}, _ -> {});
    }

    @Override
    public Said ask(String model, String text, boolean streamed) throws OllamaException {
        OllamaChatRequest request =
                chat(model, text)
                        .withOptions(
                                new OptionsBuilder().setTemperature(0).setNumPredict(MOST).build());
        OllamaChatResponseModel answer = answer(request, streamed);
        return new Said(
                answer.getMessage().getResponse(),
                answer.getDoneReason().equals("length"),
                answer.getPromptEvalCount(),
                answer.getEvalCount());
    }

    @Override
    public Worked work(String model, String text, boolean streamed) throws OllamaException {
        List<Called> calls = new ArrayList<>();
        OllamaChatRequest request =
                chat(model, text)
                        .withTools(
                                new ArrayList<>(
                                        List.of(tool("weather", calls), tool("time", calls))))
                        .withUseTools(true);
        return new Worked(calls, answer(request, streamed).getMessage().getResponse());
    }

    private static Tools.Tool tool(String name, List<Called> calls) {
        return Tools.Tool.builder()
                .toolSpec(
                        Tools.ToolSpec.builder()
                                .name(name)
                                .description(name)
                                .parameters(Tools.Parameters.of(Map.of()))
                                .build())
                .toolFunction(arguments -> {
                    calls.add(new Called(name, JSON.valueToTree(arguments)));
                    return ChatClient.result(name);
                })
                .build();
    }

    @Override
    public boolean tellsWhy() {
        return false;
    }

    /** It cannot be told to stop, but its thread can be interrupted. */
    @Override
    public void leave(String model, String text) throws InterruptedException {
        Thread thread = Thread.ofPlatform().daemon().start(() -> askUntilInterrupted(model, text));
        thread.join();
    }

    private void askUntilInterrupted(String model, String text) {
        try {
            client.chat(
                    chat(model, text).withStreaming().build(),
                    new OllamaChatStreamObserver(_ -> {}, _ -> Thread.currentThread().interrupt()));
        } catch (OllamaException _) {
            // it was interrupted
        }
    }
}
