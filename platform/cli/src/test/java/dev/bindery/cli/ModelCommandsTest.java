package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandsTest {
    private static final String PULL = "POST /admin/v1/models/pull";

    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost();
        place = new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void modelsThatCouldBePulledAreToldFromThoseThatAnswer() {
        host.answers(
                "GET /admin/v1/models",
                """
                {"models":[
                  {"id":"echo/echo","instance":"echo","installed":true,"capabilities":["chat","stream"]},
                  {"id":"llamacpp/small","instance":"llamacpp","installed":false,"size_bytes":98362432,
                   "context_length":2048,"license":"Apache-2.0","capabilities":["chat"]}]}
                """);

        assertThat(place.run("models").out())
                .isEqualTo(
                        """
                        MODEL           READY    SIZE     CONTEXT  CAPABILITIES  LICENSE
                        echo/echo       yes                        chat stream
                        llamacpp/small  to pull  98.4 MB  2048     chat          Apache-2.0
                        """);
    }

    @Test
    void aPullShowsPlainLinesWhereThereIsNoTerminal() {
        host.answers(
                PULL,
                """
                {"status":"looking for it"}
                {"status":"fetching","completed":0,"total":2000000}
                {"status":"fetching","completed":10000,"total":2000000}
                {"status":"fetching","completed":1000000,"total":2000000}
                {"status":"fetching","completed":2000000,"total":2000000}
                {"status":"success"}
                """);

        Run pull = place.run("pull", "llamacpp/small");

        assertThat(pull.exit()).isZero();
        assertThat(pull.out()).isEqualTo("llamacpp/small is ready.\n");
        assertThat(pull.err())
                .isEqualTo(
                        """
                        looking for it
                        fetching  0% of 2.0 MB
                        fetching  50% of 2.0 MB
                        fetching  100% of 2.0 MB
                        """);
        assertThat(host.bodyOf(0)).isEqualTo("{\"model\":\"llamacpp/small\"}");
    }

    @Test
    void aPullThatFailsOnItsWaySaysWhy() {
        host.answers(
                PULL,
                "{\"status\":\"fetching\"}\n{\"error\":{\"message\":\"No source answers.\"}}\n");

        Run pull = place.run("pull", "llamacpp/small");

        assertThat(pull.exit()).isEqualTo(1);
        assertThat(pull.err()).endsWith("bindery: No source answers.\n");
    }

    @Test
    void aPullThatBreaksOffIsNoSuccess() {
        host.answers(PULL, "{\"status\":\"fetching\"}\n");

        Run pull = place.run("pull", "llamacpp/small");

        assertThat(pull.exit()).isEqualTo(1);
        assertThat(pull.out()).isEmpty();
        assertThat(pull.err()).contains("before it was complete");
    }

    @Test
    void aModelIsDeletedByItsWholeName() {
        host.answers("DELETE /admin/v1/models/llamacpp%2Fsmall", 204, "");

        assertThat(place.run("rm", "llamacpp/small").out())
                .isEqualTo("llamacpp/small is deleted.\n");
    }
}
