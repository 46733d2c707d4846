package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Health;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderHealthTest {
    private final ProviderHealth health = new ProviderHealth();
    private MockWebServer server;
    private Upstream upstream;

    @BeforeEach
    void start() throws Exception {
        server = new MockWebServer();
        server.start();
        upstream = Upstream.of(UpstreamOptions.builder(server.url("/").toString()).build());
    }

    @AfterEach
    void stop() {
        upstream.close();
        server.close();
    }

    private void ask(int status) {
        server.enqueue(new MockResponse.Builder().code(status).body("{}").build());
        askIt();
    }

    private void askIt() {
        health.observed(() -> upstream.json(UpstreamRequest.get("models").build()));
    }

    @Test
    void theLastCallThatToldAnythingIsBelieved() {
        assertThatThrownBy(() -> ask(401)).isInstanceOf(BindingException.class);
        assertThat(health.health().status()).isEqualTo("DEGRADED");

        assertThatThrownBy(() -> ask(400)).isInstanceOf(BindingException.class);
        assertThat(health.health().status())
                .as("a bad request tells nothing")
                .isEqualTo("DEGRADED");

        ask(200);
        assertThat(health.health()).isEqualTo(Health.UP);
    }

    @Test
    void aListThatAsksNobodyTellsNothingOfTheProvider() {
        server.close();
        assertThatThrownBy(this::askIt).isInstanceOf(BindingException.class);

        assertThat(health.observed(() -> List.of("named"))).containsExactly("named");

        assertThat(health.health().reason()).contains("cannot connect to localhost");
    }
}
