package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From a binding that waits for its key to two providers beside each other, in that order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenAiInstanceIT {
    private static final String KEY = "sk-first-b1f0c2";
    private static final String OTHER_KEY = "sk-second-77aa01";

    @TempDir static Path folder;
    private static LiveHost host;
    private static Upstream first;
    private static Upstream second;

    @BeforeAll
    static void start() throws Exception {
        first = new Upstream("I am the first");
        second = new Upstream("I am the second");
        host = LiveHost.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        host.close();
        first.close();
        second.close();
    }

    private static HttpResponse<String> chat(String model, boolean streaming) throws Exception {
        return host.post(
                "/v1/chat/completions",
                """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"Who?"}]}
                """
                        .formatted(model, streaming));
    }

    private static void assertSays(String model, String text) throws Exception {
        for (boolean streaming : new boolean[] {false, true}) {
            HttpResponse<String> answer = chat(model, streaming);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains(text);
        }
    }

    @Test
    @Order(1)
    void withoutAKeyItSaysWhatItNeeds() throws Exception {
        HttpResponse<String> answer = chat("openai/big", false);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("api_key");
        assertThat(host.bindery("list").output()).contains("NEEDS_CONFIGURATION", "api_key");
    }

    @Test
    @Order(2)
    void aKeyAndAnAddressMakeItWorkWithoutARestart() throws Exception {
        Command.Result configured =
                host.bindery("config", "openai", "api_key=" + KEY, "base_url=" + first.url());

        assertThat(configured.exit()).as(configured.output()).isZero();
        assertSays("openai/big", "I am the first");
        assertThat(first.nextChat().getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
    }

    @Test
    @Order(3)
    void aSecondInstanceServesBesideIt() throws Exception {
        Command.Result configured =
                host.bindery(
                        "config",
                        "work",
                        "--binding",
                        "openai",
                        "api_key=" + OTHER_KEY,
                        "base_url=" + second.url());

        assertThat(configured.exit()).as(configured.output()).isZero();
        assertSays("work/big", "I am the second");
        assertSays("openai/big", "I am the first");
        assertThat(second.nextChat().getHeaders().get("Authorization"))
                .isEqualTo("Bearer " + OTHER_KEY);
    }

    @Test
    @Order(4)
    void aSettingThatIsRefusedChangesNothing() throws Exception {
        Command.Result refused = host.bindery("config", "openai", "max_retries=99");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("max_retries", "99", "10");
        assertSays("openai/big", "I am the first");
    }

    @Test
    @Order(5)
    void theKeysAreInNoFileButTheSecrets() throws Exception {
        List<Path> holding = filesWith(KEY);

        assertThat(holding)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).startsWith(host.home().resolve("secrets")));
        assertThat(filesWith(OTHER_KEY))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).startsWith(host.home().resolve("secrets")));
    }

    /** In the home, and beside it what the host has printed. */
    private static List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(6)
    void theKeysAreInNoAnswer() throws Exception {
        for (String path :
                List.of("status", "bindings", "instances", "instances/openai", "models")) {
            assertThat(host.admin("GET", path).toString()).as(path).doesNotContain(KEY, OTHER_KEY);
        }
        assertThat(host.admin("GET", "instances/work").toString()).contains("\"***\"");
        assertThat(host.bindery("config", "openai").output())
                .contains(first.url())
                .doesNotContain(KEY);
        assertThat(host.bindery("instances", "--json").output()).doesNotContain(KEY, OTHER_KEY);
    }

    @Test
    @Order(7)
    void bothAreThereAgainAfterARestart() throws Exception {
        assertThat(host.stop()).isZero();
        host.close();
        host = LiveHost.start(host.home());

        assertSays("openai/big", "I am the first");
        assertSays("work/big", "I am the second");
    }
}
