package dev.bindery.server;

import dev.bindery.server.options.ServerLimits;
import dev.bindery.server.options.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a port of its own, in front of a {@link FakeHost}. */
final class Served implements AutoCloseable {
    static final String TOKEN = "the-admin-token";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final FakeHost host = new FakeHost();
    final FakeRouter router = host.router;
    private final BinderyServer server;
    private final @Nullable SSLContext clients;

    Served() throws IOException {
        this(options -> options);
    }

    /**
     * @param clients what its clients trust, where they are to speak TLS
     */
    Served(UnaryOperator<ServerOptions.Builder> chosen, @Nullable SSLContext clients)
            throws IOException {
        this.clients = clients;
        server = start(chosen);
    }

    /** In front of a host whose home is there. */
    Served(Path home) throws IOException {
        clients = null;
        host.home = home;
        server = start(options -> options);
    }

    Served(UnaryOperator<ServerOptions.Builder> chosen) throws IOException {
        this(chosen, null);
    }

    private BinderyServer start(UnaryOperator<ServerOptions.Builder> chosen) throws IOException {
        ServerOptions.Builder options =
                ServerOptions.builder(TOKEN).port(0).grace(Duration.ofSeconds(10));
        return BinderyServer.start(chosen.apply(options).build(), host.served());
    }

    static Served withBodiesUpTo(long bytes) throws IOException {
        return new Served(o -> o.limits(ServerLimits.DEFAULTS.withBodyBytes(bytes)));
    }

    BinderyServer server() {
        return server;
    }

    String url() {
        return server.url();
    }

    RawHttp connect() throws IOException {
        if (clients == null) {
            return new RawHttp(server.address());
        }
        return new RawHttp(
                clients.getSocketFactory()
                        .createSocket(server.address().getAddress(), server.address().getPort()));
    }

    RawHttp.Answer get(String target, String... headers) throws IOException {
        try (RawHttp http = connect()) {
            return http.get(target, headers).answer();
        }
    }

    RawHttp.Answer request(String method, String target, String... headers) throws IOException {
        try (RawHttp http = connect()) {
            return http.request(method, target, headers).answer(method);
        }
    }

    RawHttp.Answer post(String target, String body, String... headers) throws IOException {
        try (RawHttp http = connect()) {
            return http.post(target, body, headers).answer();
        }
    }

    /** What the chat model answers to one user message. */
    RawHttp.Answer chat(String model, String text, String... fields) throws IOException {
        return post("/v1/chat/completions", chatBody(model, text, fields));
    }

    static String chatBody(String model, String text, String... fields) {
        StringBuilder body = new StringBuilder("{\"model\":\"" + model + "\"");
        body.append(",\"messages\":[{\"role\":\"user\",\"content\":");
        body.append(JSON.writeValueAsString(text)).append("}]");
        for (String field : fields) {
            body.append(',').append(field);
        }
        return body.append('}').toString();
    }

    static JsonNode json(RawHttp.Answer answer) {
        return json(answer.body());
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        server.close();
    }
}
