package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonString;
import dev.bindery.host.InstanceChange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdminTest {
    private static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;
    private static final String BINDINGS = "/admin/v1/bindings";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static RawHttp.Answer get(String path) throws Exception {
        return served.get(path, TOKEN);
    }

    private static RawHttp.Answer patch(String name, String body) throws Exception {
        try (RawHttp http = served.connect()) {
            http.request(
                    "PATCH",
                    "/admin/v1/instances/" + name,
                    TOKEN,
                    "Content-Length: " + body.length());
            return http.send(body).answer();
        }
    }

    private static void refused(RawHttp.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/error/code").stringValue()).isEqualTo(code);
        assertThat(json(answer).at("/error/message").stringValue()).isNotEmpty();
    }

    @Test
    void theStatusSaysHowTheHostDoes() throws Exception {
        JsonNode status = json(get("/admin/v1/status"));
        assertThat(status.get("version").stringValue()).isEqualTo("9.8.7");
        assertThat(status.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
        assertThat(status.get("home").stringValue()).isEqualTo("/home/of/bindery");
        assertThat(status.get("address").stringValue())
                .isEqualTo(served.url().substring("http://".length()));
        assertThat(status.get("settled").booleanValue()).isTrue();
        assertThat(status.get("uncollected").toString()).isEqualTo("[\"echo#2\"]");
        assertThat(status.get("models").intValue()).isPositive();
        assertThat(status.at("/memory/heap_bytes").longValue()).isPositive();
    }

    @Test
    void whatIsWrongIsSaidWithWhatToDo() throws Exception {
        JsonNode report = json(get("/admin/v1/doctor"));
        assertThat(report.get("problems").intValue()).isEqualTo(1);
        assertThat(report.at("/findings/0").toString())
                .isEqualTo(
                        "{\"weight\":\"problem\",\"subject\":\"openai\",\"message\":\"it needs a key\",\"advice\":\"give it one\"}");
        assertThat(report.at("/findings/1/message").stringValue())
                .isEqualTo("listens on " + served.url());
        assertThat(report.at("/findings/2/message").stringValue())
                .startsWith("there are none: everybody on this machine");
    }

    @Test
    void bindingsAreShown() throws Exception {
        JsonNode binding = json(get(BINDINGS)).at("/bindings/0");
        assertThat(binding).isEqualTo(json(get(BINDINGS + "/echo")));
        assertThat(binding.get("state").stringValue()).isEqualTo("ACTIVE");
        assertThat(binding.get("version").stringValue()).isEqualTo("1.2.3");
        assertThat(binding.get("generation").intValue()).isEqualTo(3);
        assertThat(binding.at("/card/license").stringValue()).isEqualTo("MIT");
        assertThat(binding.at("/card/settings/0/secret").booleanValue()).isTrue();
        refused(get(BINDINGS + "/none"), 404, "not_found");
    }

    @Test
    void aJarIsHandedToTheHostWhole() throws Exception {
        try (RawHttp http = served.connect()) {
            http.request("POST", BINDINGS + "?file=my.jar", TOKEN, "Content-Length: 200000");
            assertThat(http.send(new byte[200_000]).answer().status()).isEqualTo(200);
        }
        assertThat(served.host.changes).contains("install my.jar of 200000 bytes");
        refused(served.post(BINDINGS + "?file=../x.jar", "x", TOKEN), 400, "invalid");
        refused(served.post(BINDINGS + "?file=x.jar", "", TOKEN), 400, "invalid");
    }

    @Test
    void bindingsAreChanged() throws Exception {
        assertThat(json(served.post(BINDINGS + "/echo/disable", "", TOKEN)).get("state"))
                .hasToString("\"DISABLED\"");
        refused(served.post(BINDINGS + "/none/enable", "", TOKEN), 404, "not_found");
        refused(served.post(BINDINGS + "/echo/reload", "", TOKEN), 409, "conflict");
        assertThat(served.request("DELETE", BINDINGS + "/echo", TOKEN).status()).isEqualTo(204);
        assertThat(served.request("DELETE", BINDINGS + "/echo?drain_s=0", TOKEN).status())
                .isEqualTo(204);
        served.post(BINDINGS + "/echo/disable?drain_s=7", "", TOKEN);
        served.post(BINDINGS + "/echo/rollback", "", TOKEN);
        assertThat(served.host.changes)
                .containsSubsequence(
                        "disable echo 30",
                        "uninstall echo 30",
                        "uninstall echo 0",
                        "disable echo 7",
                        "rollback echo");
        refused(served.post(BINDINGS + "/echo/disable?drain_s=-1", "", TOKEN), 400, "invalid");
        refused(served.request("DELETE", BINDINGS, TOKEN), 405, "method_not_allowed");
    }

    @Test
    void instancesAreShown() throws Exception {
        JsonNode instance = json(get("/admin/v1/instances")).at("/instances/0");
        assertThat(instance).isEqualTo(json(get("/admin/v1/instances/echo")));
        assertThat(instance.get("settings").toString())
                .isEqualTo("{\"api_key\":\"***\",\"delay\":0}");
        assertThat(instance.get("limits").toString())
                .isEqualTo(
                        "{\"concurrency\":4,\"queue\":16,\"first_token_s\":600,\"idle_s\":120,"
                                + "\"total_s\":3600,\"unload_after_s\":null,\"retries\":4}");
        assertThat(instance.get("isolation").stringValue()).isEqualTo("process");
        assertThat(instance.get("memory").stringValue()).isEqualTo("512m");
        assertThat(instance.at("/calls/0").stringValue()).isEqualTo("openai/*");
        assertThat(instance.at("/template/1/min").doubleValue()).isZero();
        assertThat(instance.get("queued_calls").intValue()).isEqualTo(2);
        refused(get("/admin/v1/instances/none"), 404, "not_found");
    }

    @Test
    void instancesAreConfigured() throws Exception {
        RawHttp.Answer answer =
                patch(
                        "second",
                        "{\"binding\":\"echo\",\"settings\":{\"delay\":\"5\",\"api_key\":null},"
                                + "\"default_model\":null,\"aliases\":{\"old\":null,\"new\":\"m\"},"
                                + "\"isolation\":\"process\",\"memory\":null,\"calls\":[\"a\",\"b/*\"]}");
        assertThat(json(answer).get("name").stringValue()).isEqualTo("second");
        InstanceChange change = served.host.lastChange;
        assertThat(change.binding()).hasValue("echo");
        assertThat(change.settings())
                .containsEntry("delay", new JsonString("5"))
                .containsEntry("api_key", JsonNull.NULL);
        assertThat(change.defaultModel()).hasValue("");
        assertThat(change.aliases()).containsEntry("old", "").containsEntry("new", "m");
        assertThat(change.enabled()).isEmpty();
        assertThat(change.isolation()).hasValue("process");
        assertThat(change.memory()).hasValue("");
        assertThat(change.calls().orElseThrow().entries()).containsExactly("a", "b/*");
        refused(patch("second", "{\"settings\":{\"nonsense\":1}}"), 400, "invalid");
        refused(patch("second", "{\"setings\":{}}"), 400, "invalid");
        refused(patch("second", "{"), 400, "invalid");
    }

    @Test
    void anInstanceIsRenamedByItself() throws Exception {
        assertThat(json(patch("echo", "{\"name\":\"parrot\"}")).get("name").stringValue())
                .isEqualTo("parrot");
        assertThat(served.host.changes).contains("rename echo to parrot");
        refused(patch("echo", "{\"name\":\"x\",\"enabled\":true}"), 400, "invalid");
        RawHttp.Answer old = get("/admin/v1/instances/old");
        refused(old, 404, "not_found");
        assertThat(old.body()).contains("there is no instance old; it is called echo now");
    }

    @Test
    void modelsAreListedAndDeleted() throws Exception {
        assertThat(json(get("/admin/v1/models")).at("/models/0/id").stringValue())
                .isEqualTo("echo/echo");
        assertThat(served.request("DELETE", "/admin/v1/models/a%2Fb", TOKEN).status())
                .isEqualTo(204);
        assertThat(served.router.deleted).isEqualTo("a/b");
    }

    @Test
    void aPullTellsItsProgressLineByLine() throws Exception {
        RawHttp.Answer answer = served.post("/admin/v1/models/pull", "{\"model\":\"a/b\"}", TOKEN);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {"status":"fetching","completed":1,"total":2}
                        {"status":"fetching","completed":2,"total":2}
                        {"status":"success"}
                        """);
        served.router.pullFailure = new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "gone");
        assertThat(served.post("/admin/v1/models/pull", "{\"model\":\"a/b\"}", TOKEN).body())
                .endsWith(
                        "\n{\"error\":{\"code\":\"upstream_unavailable\",\"message\":\"gone\"}}\n");
        served.router.pullFailure = null;
    }

    @Test
    void aBindingsCommandIsRunWithItsArguments() throws Exception {
        RawHttp.Answer answer =
                served.post("/admin/v1/instances/echo/commands/refresh", "{\"deep\": true}", TOKEN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/result/deep").booleanValue()).isTrue();
        assertThat(served.host.changes).contains("execute refresh of echo");
    }
}
