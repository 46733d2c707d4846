package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code managed} with a real model server of this machine: any that speaks OpenAI's API, can serve
 * a GGUF file, and answers {@code /v1/models} when it is ready.
 */
class RealModelServerIT {
    private static final String NAME = "mine/smollm2-135m-instruct";
    private static final Pattern READY =
            Pattern.compile("the server is ready on port \\d+ \\(process (\\d+)\\)");

    @TempDir static Path folder;
    private static LiveHost host;

    @BeforeAll
    static void start() throws Exception {
        String command = System.getenv("BINDERY_TEST_MODEL_SERVER");
        assumeTrue(
                command != null,
                "BINDERY_TEST_MODEL_SERVER names no model server, such as"
                        + " \"llama-server --model {model} --port {port} --ctx-size {context}\"");
        host = LiveHost.start(folder.resolve("home"));
        Command.Result set =
                host.bindery(
                        "config",
                        "mine",
                        "--binding",
                        "managed",
                        "preset=none",
                        "context=1024",
                        "model=" + TestModel.file(),
                        "command=" + command);
        assertThat(set.exit()).as(set.output()).isZero();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static String ask() throws Exception {
        return host.post(
                        "/v1/chat/completions",
                        "{\"model\":\"%s\",\"stream\":true,\"max_tokens\":3,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                                .formatted(NAME))
                .body();
    }

    /** The processes that were told to be ready, oldest first. */
    private static List<Long> servers() throws Exception {
        Matcher ready = READY.matcher(host.bindery("logs").output());
        return ready.results().map(found -> Long.valueOf(found.group(1))).toList();
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void itAnswersIsStartedAgainAfterACrashAndEndsWithItsBinding() throws Exception {
        assertThat(ask()).contains("\"delta\":{\"content\":").contains("[DONE]");
        assertThat(host.bindery("models").output()).contains(NAME);
        assertThat(host.bindery("exec", "mine", "output").output()).isNotBlank();

        long first = servers().getLast();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        AtomicReference<String> answer = new AtomicReference<>("");
        Wait.until(
                "it answers again",
                () -> {
                    answer.set(ask());
                    return answer.get().contains("[DONE]") && !answer.get().contains("\"error\"");
                });
        long second = servers().getLast();
        assertThat(second).isNotEqualTo(first);

        assertThat(host.bindery("disable", "managed").exit()).isZero();
        Wait.until("it has ended", () -> !isAlive(second));
    }
}
