package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's files; what they do in a browser, the distribution's tests see. */
class ConsoleFilesTest {
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void theyComeWithTheirTypes() throws Exception {
        for (List<String> file :
                List.of(
                        List.of("app.js", "text/javascript; charset=utf-8"),
                        List.of("console.css", "text/css; charset=utf-8"),
                        List.of("icon.svg", "image/svg+xml"))) {
            RawHttp.Answer answer = served.get("/console/" + file.getFirst());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo(file.getLast());
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void aBrowserThatHasOneIsToldSo() throws Exception {
        String tag = served.get("/console/app.js").header("ETag");
        RawHttp.Answer again = served.get("/console/app.js", "If-None-Match: " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(served.get("/console/dom.js", "If-None-Match: " + tag).status()).isEqualTo(200);
    }

    @Test
    void nothingElseOfTheJarComesOut() throws Exception {
        for (String name :
                List.of(
                        "none.js",
                        "console.html",
                        "Pages.class",
                        "..%2Fadmin%2FAdminApi.class",
                        "%2E%2E",
                        "app.js%00")) {
            assertThat(served.get("/console/" + name).status()).as(name).isIn(400, 404);
        }
    }
}
