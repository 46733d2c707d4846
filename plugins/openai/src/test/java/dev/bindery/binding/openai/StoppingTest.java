package dev.bindery.binding.openai;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.fixture.SilentServer;
import dev.bindery.fixture.Stopping;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class StoppingTest extends Stopping {
    @Override
    protected OpenAiBinding instance(SilentServer server) {
        return Instance.start(server.url("/v1"), Map.of());
    }

    @Override
    protected GenerationRequest.Builder chat() {
        return GenerationRequest.chat("m", List.of(Message.user("Hi")));
    }

    @Override
    protected String events(String... texts) {
        return Provider.events(Stream.of(texts).map(Provider::text).toArray(String[]::new));
    }
}
