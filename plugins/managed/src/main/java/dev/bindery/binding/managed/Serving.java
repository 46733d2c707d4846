package dev.bindery.binding.managed;

import dev.bindery.api.Health;
import dev.bindery.http.ProviderHealth;
import dev.bindery.openai.OpenAiClient;
import java.util.function.Function;

/** One run of the server, while it can be asked. Free for all threads. */
final class Serving {
    private final OpenAiClient client;
    private final ProviderHealth health = new ProviderHealth();

    Serving(OpenAiClient client) {
        this.client = client;
    }

    /** Makes a call, and remembers for {@link #health()} how it went. */
    <T> T ask(Function<OpenAiClient, T> call) {
        return health.observed(() -> call.apply(client));
    }

    /** A server may run and yet answer nobody. */
    Health health() {
        return health.health();
    }
}
