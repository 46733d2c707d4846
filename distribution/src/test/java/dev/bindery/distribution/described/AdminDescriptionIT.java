package dev.bindery.distribution.described;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.SampleJar;
import dev.bindery.distribution.TestModel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AdminDescriptionIT {
    private static final String BINDINGS = "/admin/v1/bindings";
    private static final String BINDING = BINDINGS + "/{id}";
    private static final String INSTANCES = "/admin/v1/instances";
    private static final String INSTANCE = INSTANCES + "/{name}";
    private static final String SHELL = "/admin/v1/shell/{session}";
    private static final String LINE = "{\"line\":\"list\"}";

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private LiveHost host;
    private Description description;

    @BeforeEach
    void start() throws Exception {
        Path home = folder.resolve("home");
        TestModel.into(home);
        host = LiveHost.start(home);
        description = new Description(host.ask("GET", "openapi.yaml", new byte[0]).body());
    }

    @AfterEach
    void stop() {
        host.close();
        http.close();
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() throws Exception {
        theHost();
        theBindings();
        theInstances();
        theModels();
        theKeys();
        theShell();
        theSession();
        assertThat(description.seen()).isEqualTo(description.operations());
    }

    private void theHost() throws Exception {
        call("GET", "/admin/v1/status", Map.of(), "");
        call("GET", "/admin/v1/doctor", Map.of(), "");
        call("GET", "/admin/v1/openapi.yaml", Map.of(), "");
    }

    private void theBindings() throws Exception {
        Map<String, String> id = Map.of("id", "counting");
        send("POST", BINDINGS, Map.of(), "?file=c.jar", new SampleJar("counting", "1.0.0").bytes());
        send("POST", BINDINGS, Map.of(), "?file=c.jar", new SampleJar("counting", "1.1.0").bytes());
        send("POST", BINDINGS, Map.of(), "?file=no", new byte[] {1});
        call("GET", BINDINGS, Map.of(), "");
        call("GET", BINDING, id, "");
        call("POST", BINDING + "/rollback", id, "");
        call("POST", BINDING + "/reload", id, "");
        call("POST", BINDING + "/disable", id, "");
        call("POST", BINDING + "/enable", id, "");
        send("DELETE", BINDING, id, "?drain_s=0", new byte[0]);
        call("GET", BINDING, id, "");
        send("GET", "/admin/v1/events", Map.of(), "?last_event_id=0&until=now", new byte[0]);
    }

    private void theInstances() throws Exception {
        Map<String, String> name = Map.of("name", "r");
        call(
                "PATCH",
                INSTANCE,
                name,
                "{\"binding\":\"router\",\"calls\":[\"echo/*\"],\"settings\":{\"routes\":{\"x\":[\"echo/echo\"]}},\"limits\":{\"concurrency\":4},\"aliases\":{\"a\":\"x\"},\"default_model\":\"x\"}");
        call("PATCH", INSTANCE, name, "{\"aliases\":{\"a\":null},\"default_model\":null}");
        call("GET", INSTANCE, name, "");
        call("GET", INSTANCES, Map.of(), "");
        call(
                "POST",
                INSTANCE + "/commands/{command}",
                Map.of("name", "r", "command", "targets"),
                "{}");
        call(
                "POST",
                INSTANCE + "/commands/{command}",
                Map.of("name", "r", "command", "none"),
                "{}");
        call("DELETE", INSTANCE, name, "");
        call("DELETE", INSTANCE, name, "");
    }

    private void theModels() throws Exception {
        call("GET", "/admin/v1/models", Map.of(), "");
        call("POST", "/admin/v1/models/pull", Map.of(), "{\"model\":\"" + TestModel.ID + "\"}");
        call("POST", "/admin/v1/models/pull", Map.of(), "{\"model\":\"none/none\"}");
        call("DELETE", "/admin/v1/models/{id}", Map.of("id", "echo/none"), "");
        call("DELETE", "/admin/v1/models/{id}", Map.of("id", TestModel.ID), "");
    }

    private void theKeys() throws Exception {
        call("POST", "/admin/v1/keys", Map.of(), "{\"name\":\"ci\",\"models\":[\"echo/*\"]}");
        call("GET", "/admin/v1/keys", Map.of(), "");
        call("DELETE", "/admin/v1/keys/{name}", Map.of("name", "ci"), "");
        call("DELETE", "/admin/v1/keys/{name}", Map.of("name", "ci"), "");
    }

    private void theShell() throws Exception {
        JsonNode opened = LiveHost.json(call("POST", "/admin/v1/shell", Map.of(), "").body());
        Map<String, String> session = Map.of("session", opened.path("session").asString());
        call("POST", SHELL + "/run", session, LINE);
        call("POST", SHELL + "/run", session, "{\"line\":\"none\"}");
        call("POST", SHELL + "/complete", session, "{\"line\":\"li\"}");
        call("DELETE", SHELL, session, "");
        call("POST", SHELL + "/run", session, LINE);
    }

    private void theSession() throws Exception {
        String path = "/admin/v1/session";
        JsonNode code = LiveHost.json(call("POST", "/admin/v1/login", Map.of(), "").body());
        HttpResponse<String> login = host.send("GET", code.path("path").asString(), "");
        String cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        HttpResponse<String> shown = host.send("GET", path, "", "Cookie", cookie);
        held("GET", path, shown);
        String token = LiveHost.json(shown.body()).path("csrf_token").asString();
        held("DELETE", path, host.send("DELETE", path, "", "Cookie", cookie));
        held(
                "DELETE",
                path,
                host.send("DELETE", path, "", "Cookie", cookie, "x-csrf-token", token));
    }

    private HttpResponse<String> call(
            String method, String path, Map<String, String> values, String json) throws Exception {
        if (!json.isEmpty()) {
            description.asks(method, path, json);
        }
        return send(method, path, values, "", json.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(
            String method, String path, Map<String, String> values, String query, byte[] body)
            throws IOException, InterruptedException {
        String filled = path;
        for (Map.Entry<String, String> value : values.entrySet()) {
            String text = URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8);
            filled = filled.replace("{" + value.getKey() + "}", text.replace("%2F", "/"));
        }
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(host.address() + filled + query))
                                .header("Authorization", "Bearer " + host.adminToken())
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString());
        held(method, path, answer);
        return answer;
    }

    private void held(String method, String path, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("content-type").orElse("");
        description.answers(method, path, answer.statusCode(), type, answer.body());
    }
}
