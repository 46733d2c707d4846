package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyFile;
import dev.bindery.server.keys.KeyRing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysAdminTest {
    private static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;
    private static final String KEYS = "/admin/v1/keys";

    private Served served;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        KeyRing keys =
                KeyRing.of(
                        List.of(ApiKey.of("env", "sk-env")),
                        new KeyFile(folder.resolve("keys.json")));
        served = new Served(options -> options.keys(keys));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void aKeyIsMadeUsedListedAndRevoked() throws Exception {
        RawHttp.Answer made =
                served.post(KEYS, "{\"name\":\"app\",\"models\":[\"echo/*\"]}", TOKEN);
        assertThat(made.status()).isEqualTo(201);
        String secret = json(made).path("key").stringValue();
        String shown = "Authorization: Bearer " + secret;
        assertThat(served.get("/v1/models", shown).status()).isEqualTo(200);

        RawHttp.Answer listed = served.get(KEYS, TOKEN);
        assertThat(json(listed).at("/keys/0/name").stringValue()).isEqualTo("app");
        assertThat(json(listed).at("/keys/0/models/0").stringValue()).isEqualTo("echo/*");
        assertThat(json(listed).at("/keys/1/name").stringValue()).isEqualTo("env");
        assertThat(json(listed).at("/keys/1/revocable").booleanValue()).isFalse();
        assertThat(listed.body()).doesNotContain(secret, "sk-env");

        assertThat(served.request("DELETE", KEYS + "/app", TOKEN).status()).isEqualTo(204);
        assertThat(served.get("/v1/models", shown).status()).isEqualTo(401);
        assertThat(served.request("DELETE", KEYS + "/app", TOKEN).status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeDoneIsRefused() throws Exception {
        assertThat(served.request("DELETE", KEYS + "/env", TOKEN).status()).isEqualTo(409);
        assertThat(served.post(KEYS, "{\"name\":\"env\"}", TOKEN).status()).isEqualTo(400);
        assertThat(served.post(KEYS, "{}", TOKEN).status()).isEqualTo(400);
        assertThat(served.post(KEYS, "{\"name\":\"x\"}", "Authorization: Bearer sk-env").status())
                .isEqualTo(401);
    }
}
