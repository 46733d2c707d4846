package dev.bindery.binding.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int CALLS = 200;

    @Test
    void everyOneOfManyStreamsIsItsCallersOwnAndWhole() throws Exception {
        List<Future<GenerationResult>> calls = new ArrayList<>();
        try (Provider provider = new Provider(Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            provider.server().setDispatcher(new Echoing());
            for (int i = 0; i < CALLS; i++) {
                GenerationRequest request = request("caller-" + i);
                calls.add(
                        threads.submit(() ->
                                provider.binding().generate(request, GenerationCallback.IGNORE)));
            }
            for (int i = 0; i < CALLS; i++) {
                assertThat(calls.get(i).get(30, TimeUnit.SECONDS).text())
                        .isEqualTo(("caller-" + i + " ").repeat(20));
            }
        }
    }

    private static GenerationRequest request(String text) {
        return GenerationRequest.chat("m", List.of(Message.user(text))).streaming(true).build();
    }

    private static final class Echoing extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String text =
                    Json.parse(request.getBody().utf8())
                            .path("messages")
                            .path(0)
                            .path("content")
                            .stringValue();
            String stream =
                    Provider.events(Provider.text(text + " ")).repeat(20)
                            + Provider.events(Provider.end("stop"))
                            + "data: [DONE]\n\n";
            return Provider.sse(stream).build();
        }
    }
}
