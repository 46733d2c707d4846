package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    private static final String LONG_REASON =
            "broken.jar: config.yaml, line 3: version is \"one\", but a version looks like 1.2.3; "
                    + "write three numbers with dots between them and copy the jar here again.";

    private static final String BINDINGS =
            """
            {"bindings":[
              {"id":"broken","version":"","state":"FAILED","reason":"%s","instances":[],"card":null},
              {"id":"echo","version":"0.1.0","state":"ACTIVE","reason":"","instances":["echo"],
               "something new":{"deep":[1]}},
              {"id":"openai","version":"0.1.0","state":"ACTIVE","reason":"","instances":["openai"]}
            ]}
            """
                    .formatted(LONG_REASON.replace("\"", "\\\""));

    private static final String INSTANCES =
            """
            {"instances":[
              {"name":"echo","binding":"echo","state":"ACTIVE","models":["echo"]},
              {"name":"openai","binding":"openai","state":"NEEDS_CONFIGURATION",
               "reason":"api_key has no value","models":[]}
            ]}
            """;

    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost();
        host.answers("GET /admin/v1/bindings", BINDINGS);
        host.answers("GET /admin/v1/instances", INSTANCES);
        place = new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void anInstanceThatServesAndSaysThatItsProviderIsDownIsShownSo() {
        host.answers(
                "GET /admin/v1/instances",
                """
                {"instances":[
                  {"name":"echo","binding":"echo","state":"ACTIVE","models":["echo"],
                   "health":{"status":"UP","reason":""}},
                  {"name":"far","binding":"openai","state":"ACTIVE","models":["m"],
                   "health":{"status":"DEGRADED","reason":"no connection to far.example"}},
                  {"name":"off","binding":"openai","state":"DISABLED","models":[],
                   "health":{"status":"DEGRADED","reason":"the instance is stopping"}}
                ]}
                """);

        assertThat(place.run("instances").out())
                .containsOnlyOnce("DEGRADED: no connection to far.example")
                .doesNotContain("stopping");
    }

    @Test
    void anInstanceThatSaysWhatIsWrongWithItShowsInTheListToo() {
        host.answers(
                "GET /admin/v1/bindings",
                """
                {"bindings":[{"id":"openai","version":"0.1.0","state":"ACTIVE","instances":["far"],
                  "reason":""}]}
                """);
        host.answers(
                "GET /admin/v1/instances",
                """
                {"instances":[{"name":"far","binding":"openai","state":"ACTIVE","models":[],
                   "reason":"","health":{"status":"DEGRADED","reason":"no connection"}}]}
                """);

        assertThat(place.run("list").out()).endsWith("    far: DEGRADED: no connection\n");
    }

    @Test
    void whatIsSaidOfABindingThatServesIsShownOnce() {
        host.answers(
                "GET /admin/v1/bindings",
                """
                {"bindings":[
                  {"id":"echo","version":"1.0.0","state":"ACTIVE","instances":["echo"],
                   "reason":"version 2.0.0 was rolled back to 1.0.0"},
                  {"id":"openai","version":"0.1.0","state":"ACTIVE","instances":["openai"],
                   "reason":"api_key has no value"}
                ]}
                """);

        assertThat(place.run("list").out())
                .containsOnlyOnce("version 2.0.0 was rolled back to 1.0.0")
                .containsOnlyOnce("api_key has no value");
    }

    @Test
    void theTableSaysInFullWhyABindingDoesNotServe() {
        Run list = place.run("list");

        assertThat(list.exit()).isZero();
        assertThat(list.out())
                .isEqualTo(
                        """
                        ID      VERSION  STATE   INSTANCES  MODELS
                        broken  -        FAILED  -          -
                            %s
                        echo    0.1.0    ACTIVE  echo       echo/echo
                        openai  0.1.0    ACTIVE  openai     -
                            openai: NEEDS_CONFIGURATION: api_key has no value
                        """
                                .formatted(LONG_REASON));
        assertThat(list.err()).isEmpty();
    }

    @Test
    void asJsonItIsWhatTheHostSent() {
        Run list = place.run("list", "--json");

        assertThat(list.out()).contains("\"something new\" : {").contains("\"id\" : \"echo\"");
        assertThat(host.asked()).containsExactly("GET /admin/v1/bindings");
    }

    @Test
    void aHostWithoutBindingsSaysHowToGetOne() {
        host.answers("GET /admin/v1/bindings", "{\"bindings\":[]}");

        assertThat(place.run("list").out())
                .isEqualTo("There are no bindings. Install one with: bindery install FILE.jar\n");
    }

    @Test
    void aBindingThatIsNotThereIsTheHostsSentenceAndAFailure() {
        host.refuses("GET /admin/v1/bindings/ecko", 404, "not_found", "No binding is called ecko.");

        Run info = place.run("info", "ecko");

        assertThat(info.exit()).isEqualTo(1);
        assertThat(info.err()).isEqualTo("bindery: No binding is called ecko.\n");
    }
}
