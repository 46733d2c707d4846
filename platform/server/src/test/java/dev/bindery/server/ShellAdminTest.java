package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's shell over HTTP. */
class ShellAdminTest {
    private static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;
    private static final String SHELL = "/admin/v1/shell";

    private Served served;

    @BeforeEach
    void start() throws IOException {
        served = new Served();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private String open() throws IOException {
        RawHttp.Answer answer = served.post(SHELL, "", TOKEN);
        assertThat(answer.status()).isEqualTo(201);
        return SHELL + "/" + Served.json(answer).get("session").stringValue();
    }

    @Test
    void aLineSaysWhatItPrintsAndHowItEnded() throws Exception {
        String session = open();
        RawHttp.Answer answer = served.post(session + "/run", "{\"line\":\"list\"}", TOKEN);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answer.body()).isEqualTo("{\"output\":\"list\\n\"}\n{\"done\":true}\n");
        assertThat(served.post(session + "/run", "{\"line\":\"fail\"}", TOKEN).body())
                .endsWith("{\"done\":true,\"failure\":\"it failed\"}\n");
    }

    @Test
    void wordsAreCompleted() throws Exception {
        RawHttp.Answer answer = served.post(open() + "/complete", "{\"line\":\"lis\"}", TOKEN);
        assertThat(answer.body())
                .isEqualTo("{\"completions\":[{\"value\":\"list\",\"description\":\"the rest\"}]}");
    }

    @Test
    void aSessionThatHasEndedIsNotFound() throws Exception {
        String session = open();
        assertThat(served.host.shell.open).hasValue(1);
        assertThat(served.request("DELETE", session, TOKEN).status()).isEqualTo(204);
        assertThat(served.host.shell.open).hasValue(0);
        assertThat(served.post(session + "/run", "{\"line\":\"list\"}", TOKEN).status())
                .isEqualTo(404);
    }

    @Test
    void aClientThatGoesAwayInterruptsItsLine() throws Exception {
        String session = open();
        try (RawHttp http = served.connect()) {
            http.post(session + "/run", "{\"line\":\"wait\"}", TOKEN);
            http.begin();
            assertThat(http.chunk()).contains("wait");
        }
        assertThat(served.host.shell.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyGetsInWithoutTheToken() throws Exception {
        assertThat(served.post(SHELL, "").status()).isEqualTo(401);
        assertThat(served.post(SHELL + "/x/run", "{\"line\":\"list\"}").status()).isEqualTo(401);
        assertThat(served.host.shell.open).hasValue(0);
    }

    @Test
    void sessionsAreBoundedAndEndWithTheServer() throws Exception {
        for (int i = 0; i < 32; i++) {
            open();
        }
        assertThat(served.post(SHELL, "", TOKEN).status()).isEqualTo(409);
        served.server().close();
        assertThat(served.host.shell.open).hasValue(0);
    }
}
