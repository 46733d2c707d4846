package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars come, change and go under clients that stream and that would notice any loss. */
class SwapWhileStreamingIT {
    private static final int CLIENTS = 8;

    @TempDir static Path folder;
    private static LiveHost host;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        host = LiveHost.start(folder.resolve("home"));
        client =
                OpenAIOkHttpClient.builder().baseUrl(host.v1()).apiKey("any").maxRetries(0).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        host.close();
    }

    @Test
    void aJarThatIsDroppedAnswersAndDisturbsNobody() throws Exception {
        SampleJar there = new SampleJar("there", "1.0.0");
        SampleJar dropped = new SampleJar("dropped", "1.0.0");
        drop(there);
        try (Crowd crowd = new Crowd(CLIENTS, client, there.model())) {
            crowd.awaitStreaming();

            drop(dropped);

            assertThat(ask(dropped.model())).isEqualTo(dropped.answer());
            crowd.leave();
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers())
                    .allSatisfy(answers ->
                            assertThat(answers).isNotEmpty().containsOnly(there.answer()));
        }
    }

    @Test
    void underANewVersionRunningAnswersEndAsTheyBeganAndNewOnesAreItsOwn() throws Exception {
        SampleJar old = new SampleJar("swapped", "1.0.0");
        SampleJar next = new SampleJar("swapped", "2.0.0");
        drop(old);
        try (Crowd crowd = new Crowd(CLIENTS, client, old.model())) {
            crowd.awaitStreaming();

            Files.write(host.drop("swapped.jar"), next.bytes());

            Wait.until("the new version answers", () -> ask(next.model()).equals(next.answer()));
            crowd.awaitStreaming();
            crowd.leave();
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers())
                    .allSatisfy(answers -> assertFirstOnlyThenOnly(answers, old, next));
        }
    }

    @Test
    void underARemovalRunningAnswersEndWholeAndNewOnesAreRefused() throws Exception {
        SampleJar stays = new SampleJar("stays", "1.0.0");
        SampleJar removed = new SampleJar("removed", "1.0.0");
        drop(stays);
        drop(removed);
        try (Crowd crowd = new Crowd(CLIENTS, client, removed.model())) {
            crowd.awaitStreaming();

            Files.delete(host.drop("removed.jar"));

            crowd.awaitFailures();
            assertThat(crowd.failures())
                    .allSatisfy(failure ->
                            assertThat(failure)
                                    .isInstanceOf(NotFoundException.class)
                                    .hasMessageContaining(removed.model())
                                    .hasMessageContaining(stays.model())
                                    .hasMessageContaining("echo/echo"));
            assertThat(crowd.answers())
                    .allSatisfy(answers ->
                            assertThat(answers).isNotEmpty().containsOnly(removed.answer()));
            assertThat(client.models().list().data())
                    .extracting(model -> model.id())
                    .contains(stays.model())
                    .doesNotContain(removed.model());
        }
    }

    private static void assertFirstOnlyThenOnly(
            List<String> answers, SampleJar first, SampleJar then) {
        int ofFirst = answers.lastIndexOf(first.answer()) + 1;
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            expected.add(i < ofFirst ? first.answer() : then.answer());
        }
        assertThat(answers).isEqualTo(expected).contains(first.answer()).endsWith(then.answer());
    }

    /** Copies a jar into the folder, and waits until it answers. */
    private static void drop(SampleJar jar) throws Exception {
        Files.write(host.drop(jar.id() + ".jar"), jar.bytes());
        Wait.until(jar.model() + " is there", () -> isListed(jar.model()));
    }

    private static boolean isListed(String model) {
        return client.models().list().data().stream().anyMatch(each -> each.id().equals(model));
    }

    private static String ask(String model) {
        ChatCompletion answer =
                client.chat()
                        .completions()
                        .create(
                                ChatCompletionCreateParams.builder()
                                        .model(model)
                                        .addUserMessage("Count")
                                        .build());
        return answer.choices().getFirst().message().content().orElse("");
    }
}
