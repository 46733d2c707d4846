package dev.bindery.binding.gemini;

import dev.bindery.api.GenerationRequest;
import dev.bindery.fixture.SilentServer;
import dev.bindery.fixture.Stopping;
import java.util.Map;
import java.util.stream.Stream;

class StoppingTest extends Stopping {
    @Override
    protected GeminiBinding instance(SilentServer server) {
        return Provider.instance(server.url("/v1beta"), Map.of()).start(new GeminiBinding());
    }

    @Override
    protected GenerationRequest.Builder chat() {
        return Provider.chat();
    }

    @Override
    protected String events(String... texts) {
        return Provider.events(Stream.of(texts).map(Provider::text).toArray(String[]::new));
    }
}
