package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bindings that are reloaded over and over leave nothing behind. */
class ReloadLeakIT {
    private static final List<String> BINDINGS = List.of("echo", "openai");
    private static final int RELOADS = Soak.times("reload.count", 300) / BINDINGS.size();
    private static final int FIRST = 20;
    private static final int CALL_EVERY = 10;

    /** What comes and goes by itself; a leak of one at each reload would be 260. */
    private static final int SLACK = 15;

    /** What caches and compiled code add; 260 loaders with their classes would be a lot more. */
    private static final long SLACK_KILOBYTES = 8 * 1024;

    @TempDir static Path folder;
    private static Upstream upstream;
    private static LiveHost host;
    private static ProcessView process;

    @BeforeAll
    static void start() throws Exception {
        upstream = new Upstream("I am here");
        host = LiveHost.start(folder.resolve("home"));
        process = new ProcessView(host.process().pid());
        Command.Result configured =
                host.bindery("config", "openai", "api_key=any", "base_url=" + upstream.url());
        assertThat(configured.exit()).as(configured.output()).isZero();
    }

    @AfterAll
    static void stop() {
        host.close();
        upstream.close();
    }

    @Test
    void classesThreadsAndFilesDoNotPileUp() throws Exception {
        assumeThat(ProcessView.isOffered())
                .as("only Linux shows a process's threads and files in /proc")
                .isTrue();
        reload(FIRST);
        collect();
        long loaders = process.classLoaders("BindingClassLoader");
        assertThat(loaders)
                .as("class loaders of the bindings in the host, each with its one generation")
                .isBetween((long) BINDINGS.size(), bindings());
        long threads = process.threads();
        long files = process.openFiles();
        ProcessView.Memory memory = process.memory();

        reload(RELOADS - FIRST);
        collect();

        assertThat(process.classLoaders("BindingClassLoader"))
                .as("class loaders, as before")
                .isEqualTo(loaders);
        ProcessView.Memory now = process.memory();
        assertThat(now.metaspaceKilobytes())
                .as("metaspace in KB")
                .isLessThan(memory.metaspaceKilobytes() + SLACK_KILOBYTES);
        assertThat(now.heapKilobytes())
                .as("heap after collection in KB")
                .isLessThan(memory.heapKilobytes() + SLACK_KILOBYTES);
        System.out.printf(
                "%d reloads: %s before, %s after%n", RELOADS * BINDINGS.size(), memory, now);
        Wait.until(
                "threads are back to about %d".formatted(threads),
                () -> process.threads() <= threads + SLACK);
        Wait.until(
                "open files are back to about %d".formatted(files),
                () -> process.openFiles() <= files + SLACK);
    }

    private static long bindings() throws Exception {
        return host.admin("GET", "bindings").get("bindings").size();
    }

    private static void reload(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            for (String binding : BINDINGS) {
                assertThat(
                                host.admin("POST", "bindings/" + binding + "/reload")
                                        .get("state")
                                        .stringValue())
                        .isEqualTo("ACTIVE");
            }
            if (i % CALL_EVERY == 0) {
                assertAnswers("echo/echo", "hello");
                assertAnswers("openai/big", "I am here");
            }
        }
    }

    private static void assertAnswers(String model, String text) throws Exception {
        for (boolean streaming : new boolean[] {false, true}) {
            HttpResponse<String> answer =
                    host.post(
                            "/v1/chat/completions",
                            """
                            {"model":"%s","stream":%s,"messages":[{"role":"user","content":"hello"}]}
                            """
                                    .formatted(model, streaming));
            assertThat(answer.body()).contains(text);
        }
    }

    /** Waits until the classes of all earlier generations are gone. */
    private static void collect() {
        Wait.until(
                "every unloaded generation is collected",
                () -> {
                    process.collectGarbage();
                    return host.admin("GET", "status").get("uncollected").isEmpty();
                });
    }
}
