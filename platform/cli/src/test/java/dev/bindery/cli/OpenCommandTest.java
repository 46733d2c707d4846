package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCommandTest {
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
    void anAddressThatLogsInIsPrinted() {
        host.answers(
                "POST /admin/v1/login", 201, "{\"path\":\"/login?code=abc\",\"expires_in_s\":60}");

        Run run = place.run("open");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo(host.url() + "/login?code=abc\n");
        assertThat(run.err()).isEqualTo("Open it within 60 seconds; it works once.\n");
    }

    @Test
    void aHostThatRefusesIsQuoted() {
        host.refuses("POST /admin/v1/login", 409, "conflict", "not today");

        Run run = place.run("open");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("bindery: not today\n");
    }
}
