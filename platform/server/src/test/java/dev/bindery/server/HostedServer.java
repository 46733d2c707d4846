package dev.bindery.server;

import static dev.bindery.server.Served.chatBody;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.LlmBinding;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.server.options.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;

/** A server in front of a real host, whose bindings are classes of the tests. */
final class HostedServer implements AutoCloseable {
    static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;

    private final Host host;
    private final BinderyServer server;

    HostedServer(Path home) throws IOException {
        host = EmbeddedHost.start(HostOptions.of(home));
        server =
                BinderyServer.start(
                        ServerOptions.builder(Served.TOKEN).port(0).build(),
                        ServedHost.of(host, "1.0.0"));
        host.awaitSettled();
    }

    Host host() {
        return host;
    }

    RawHttp connect() throws IOException {
        return new RawHttp(server.address());
    }

    /** Through the admin API, as an operator would. */
    void install(String id, String capabilities, Class<? extends LlmBinding> type)
            throws IOException {
        byte[] jar = jar(id, capabilities, type);
        try (RawHttp http = connect()) {
            http.request(
                    "POST",
                    "/admin/v1/bindings?file=%s.jar".formatted(id),
                    TOKEN,
                    "Content-Length: " + jar.length);
            RawHttp.Answer answer = http.send(jar).answer();
            assertThat(json(answer).path("state").asString()).as(answer.body()).isEqualTo("ACTIVE");
        }
    }

    private static byte[] jar(String id, String capabilities, Class<? extends LlmBinding> type)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String path = type.getName().replace('.', '/') + ".class";
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                InputStream code = type.getResourceAsStream("/" + path)) {
            add(zip, path, code.readAllBytes());
            add(zip, "META-INF/services/" + LlmBinding.class.getName(), text(type.getName()));
            add(zip, "config.yaml", text(card(id, capabilities)));
        }
        return bytes.toByteArray();
    }

    private static String card(String id, String capabilities) {
        return """
        id: %s
        name: %s
        author: Tests
        version: 1.0.0
        description: A binding of the tests
        url: https://example.org
        license: Apache-2.0
        capabilities: [%s]
        """
                .formatted(id, id, capabilities);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    RawHttp.Answer get(String target, String... headers) throws IOException {
        try (RawHttp http = connect()) {
            return http.get(target, headers).answer();
        }
    }

    JsonNode admin(String path) throws IOException {
        RawHttp.Answer answer = get("/admin/v1/" + path, TOKEN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    RawHttp.Answer post(String target, String body) throws IOException {
        try (RawHttp http = connect()) {
            return http.post(target, body).answer();
        }
    }

    RawHttp.Answer chat(String model, String text, String... fields) throws IOException {
        return post("/v1/chat/completions", chatBody(model, text, fields));
    }

    @Override
    public void close() {
        server.close();
        host.close();
    }
}
