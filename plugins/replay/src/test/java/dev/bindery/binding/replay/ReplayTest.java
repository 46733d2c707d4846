package dev.bindery.binding.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Caller;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.Sampling;
import dev.bindery.host.CancellationSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binding's jar in a real host, beside what it records. */
class ReplayTest {
    @TempDir Path folder;
    private ReplayedHost hosted;

    @BeforeEach
    void start() throws IOException {
        hosted = new ReplayedHost(folder);
    }

    @AfterEach
    void stop() {
        hosted.close();
    }

    private static String text(List<Operation> operations) {
        return operations.stream().map(ReplayTest::text).toList().toString();
    }

    private static String text(Operation operation) {
        return "%s %s %d %s %s %s %s %s"
                .formatted(
                        operation.type(),
                        operation.text(),
                        operation.candidate(),
                        operation.metadata(),
                        operation.toolCall(),
                        operation.reasoning().map(r -> r.text() + r.signature() + r.redacted()),
                        operation.usage().map(u -> u.inputTokens() + "/" + u.outputTokens()),
                        operation.logprobs().stream()
                                .map(l ->
                                        l.token()
                                                + l.logprob()
                                                + l.bytes().map(b -> b.length)
                                                + l.alternatives().getFirst().logprob())
                                .toList());
    }

    @Test
    void whatWasRecordedComesAgainWithTheSameOperationsAndWithoutAsking() throws Exception {
        List<Operation> first = new ArrayList<>();
        List<Operation> second = new ArrayList<>();
        GenerationRequest request = ReplayedHost.request("all").candidates(2).build();

        GenerationResult recorded = hosted.ask(request, first);
        hosted.host().bindings().disable("subject");
        hosted.set("mode", "replay");
        GenerationResult replayed = hosted.ask(request, second);

        assertThat(first).hasSize(11);
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(replayed.text()).isEqualTo(recorded.text());
        assertThat(replayed.candidates()).hasSize(2);
        assertThat(replayed.first().toolCalls().getFirst().arguments()).isEqualTo("{\"x\":1}");
        assertThat(replayed.first().finishReason()).isEqualTo(recorded.first().finishReason());
        assertThat(replayed.usage().orElseThrow().outputTokens()).hasValue(4);
        MediaPart picture = second.get(7).media().orElseThrow();
        assertThat(picture.name()).contains("p");
        assertThat(picture.blob().orElseThrow().bytes()).containsExactly(1, 2, 3);
        assertThat(replayed.metadata().object("replay").text("recording"))
                .contains(hosted.files().getFirst().getFileName().toString());
        assertThat(hosted.calls()).isOne();
    }

    @Test
    void throughWhichApiACallCameMakesNoOtherCallOfIt() throws Exception {
        GenerationRequest request = ReplayedHost.request("tell me").build();
        for (String dialect : List.of("openai", "ollama")) {
            JsonObject nothing = JsonObject.of(dialect, JsonObject.EMPTY);
            hosted.ask(request.toBuilder().parameters(nothing).build(), new ArrayList<>());
        }
        hosted.ask(request, new ArrayList<>());

        assertThat(hosted.calls()).isOne();
    }

    @Test
    void anAnswerThatCameAsAWholeComesAsAWhole() {
        assertThat(hosted.ask("whole")).isEqualTo("not in pieces");
        hosted.set("mode", "replay");
        assertThat(hosted.ask("whole")).isEqualTo("not in pieces");
    }

    @Test
    void aRecordingIsAFileThatPeopleReadAndCompare() throws IOException {
        hosted.ask("tell me");

        Path file = hosted.files().getFirst();
        String name = file.getFileName().toString();
        assertThat(name).matches("m\\.generate\\.[0-9a-f]{16}\\.json");
        assertThat(Files.readString(file).replaceAll("\"at_ms\":\\d+", "\"at_ms\":0"))
                .isEqualTo(
                        """
                        {
                          "key": "%s",
                          "request": {"kind":"generate","model":"m","messages":[{"role":"user","parts":[{"text":"tell me"}]}]},
                          "operations": [
                            {"at_ms":0,"type":"ADD_CHUNK","text":"You "},
                            {"at_ms":0,"type":"ADD_CHUNK","text":"said: "},
                            {"at_ms":0,"type":"ADD_CHUNK","text":"tell "},
                            {"at_ms":0,"type":"ADD_CHUNK","text":"me"}
                          ],
                          "result": {"candidates":[{"finish_reason":"stop","parts":[{"text":"You said: tell me"}]}]}
                        }
                        """
                                .formatted(name.substring(11, 27)));
    }

    @Test
    void theAutomaticModeAsksOnceAndTheRecordingOneAlways() throws IOException {
        hosted.ask("hello");
        hosted.ask("hello");
        assertThat(hosted.calls()).isOne();

        hosted.set("mode", "record");
        hosted.ask("hello");
        assertThat(hosted.calls()).isEqualTo(2);
        assertThat(hosted.files()).hasSize(1);
    }

    @Test
    void whoAsksAndHowMakesNoOtherCall() throws IOException {
        hosted.ask("hello");
        GenerationRequest other =
                ReplayedHost.request("hello")
                        .caller(Caller.builder("r2").keyName("k").session("s").build())
                        .streaming(true)
                        .verbose(true)
                        .keepAlive(Duration.ofMinutes(1))
                        .timeLimit(Duration.ofMinutes(1))
                        .build();

        hosted.ask(other, new ArrayList<>());
        assertThat(hosted.calls()).isOne();

        hosted.ask(ReplayedHost.request("hello").maxTokens(7).build(), new ArrayList<>());
        assertThat(hosted.calls()).isEqualTo(2);
    }

    @Test
    void whatTheOperatorIgnoresMakesNoOtherCallEither() throws IOException {
        GenerationRequest.Builder request =
                ReplayedHost.request("hello").sampling(Sampling.builder().seed(1L).build());
        hosted.ask(request.build(), new ArrayList<>());
        hosted.set("mode", "replay", "ignore", List.of("sampling.seed", "max_tokens"));

        hosted.ask(
                request.maxTokens(3).sampling(Sampling.builder().seed(2L).build()).build(),
                new ArrayList<>());
        hosted.ask("hello");

        assertThat(hosted.calls()).isOne();
        assertThat(
                        hosted.failure(
                                        request.sampling(
                                                        Sampling.builder().temperature(1.0).build())
                                                .build())
                                .code())
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void aMissNamesWhatCameNearestAndWhereItDiffers() throws IOException {
        hosted.ask("What is the capital of France?");
        hosted.ask("Something else entirely");
        hosted.set("mode", "replay");

        BindingException e =
                hosted.failure(ReplayedHost.request("What is the capital of Spain?").build());

        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(e)
                .hasMessageContaining("no recording of this call (generate of m)")
                .hasMessageContaining("m.generate.")
                .hasMessageContaining(
                        "messages[0].parts[0].text: recorded '…t is the capital of France?', asked '…t is the capital of Spain?'")
                .hasMessageContaining("set mode to auto or record");
        assertThat(hosted.failure(ReplayedHost.request("all").maxTokens(3).build()))
                .hasMessageContaining("max_tokens: recorded nothing, asked '3'");
        assertThatThrownBy(() -> hosted.host().models().tokenize("replay/m", "x"))
                .hasMessageContaining("nor of any other of its kind, among 2");
    }

    @Test
    void failuresComeAgainAsFailures() throws IOException {
        hosted.set("mode", "record");
        for (String order : List.of("refused", "down", "odd", "broken")) {
            hosted.failure(ReplayedHost.request(order).build());
        }
        hosted.set("mode", "replay");

        assertThat(hosted.failure(ReplayedHost.request("refused").build()).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        BindingException down = hosted.failure(ReplayedHost.request("down").build());
        assertThat(down.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(down.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(down.upstreamStatus()).hasValue(429);
        assertThat(down.usage().orElseThrow().inputTokens()).hasValue(3);
        assertThat(hosted.failure(ReplayedHost.request("odd").build()).code())
                .isEqualTo(new ErrorCode("ODD", 418, true));
        List<Operation> heard = new ArrayList<>();
        assertThatThrownBy(() -> hosted.ask(ReplayedHost.request("broken").build(), heard))
                .hasMessage("not further");
        assertThat(heard).extracting(Operation::text).containsExactly("half");
        assertThat(hosted.calls()).isEqualTo(4);
    }

    @Test
    void theAutomaticModeForgetsFailuresThatMayPass() throws IOException {
        hosted.failure(ReplayedHost.request("down").build());
        hosted.failure(ReplayedHost.request("refused").build());

        hosted.failure(ReplayedHost.request("down").build());
        hosted.failure(ReplayedHost.request("refused").build());

        assertThat(hosted.calls()).isEqualTo(3);
    }

    @Test
    void secretsAreNotRecorded() throws IOException {
        hosted.ask(
                ReplayedHost.request("all")
                        .candidates(2)
                        .parameters(
                                JsonObject.of(
                                        "openai",
                                        JsonObject.of(
                                                "api_key",
                                                "very-secret",
                                                "note",
                                                "Bearer abcdefgh")))
                        .build(),
                new ArrayList<>());
        hosted.failure(ReplayedHost.request("refused").build());

        StringBuilder all = new StringBuilder();
        for (Path file : hosted.files()) {
            all.append(Files.readString(file));
        }
        assertThat(all)
                .contains("\"api_key\":\"***\"")
                .contains("no, ***")
                .doesNotContain("very-secret", "Bearer abc", "hidden-value", "sk-abc");
    }

    @Test
    void whatTheClientStoppedIsNotRecorded() throws IOException {
        GenerationRequest request = ReplayedHost.request("slow").build();

        assertThatThrownBy(() -> hosted.host().models().generate(request, _ -> false))
                .hasMessageContaining("cancelled");

        assertThat(Files.exists(hosted.recordings())).isFalse();
        hosted.ask("slow");
        assertThat(hosted.calls()).isEqualTo(2);
    }

    @Test
    void anAnswerStreamsAtOnceOrInItsTimeAndCanBeCancelledMeanwhile() throws Exception {
        hosted.ask("slow");
        hosted.set("mode", "replay");
        long before = System.nanoTime();
        hosted.ask("slow");
        Duration atOnce = Duration.ofNanos(System.nanoTime() - before);

        hosted.set("speed", 1.0);
        before = System.nanoTime();
        hosted.ask("slow");
        Duration inItsTime = Duration.ofNanos(System.nanoTime() - before);

        assertThat(inItsTime).isGreaterThan(Duration.ofMillis(390));
        assertThat(atOnce).isLessThan(inItsTime);

        hosted.set("speed", 0.001);
        CancellationSource client = new CancellationSource();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> end =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return hosted.host()
                                .models()
                                .generate(
                                        ReplayedHost.request("slow").cancellation(client).build(),
                                        _ -> {
                                            begun.countDown();
                                            return true;
                                        })
                                .text();
                    } catch (BindingException e) {
                        return e.code().name();
                    }
                });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        client.cancel();
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("CANCELLED");
    }

    @Test
    void vectorsTokensAndCountsAreRecordedToo() throws Exception {
        EmbeddingRequest vectors = EmbeddingRequest.of("replay/m", List.of("x", "y"));
        GenerationRequest counted = ReplayedHost.request("x").build();
        var models = hosted.host().models();
        EmbeddingResult recorded = models.embed(vectors);
        models.countTokens(counted);
        models.tokenize("replay/m", "aé😀");
        models.detokenize("replay/m", new int[] {104, 105});
        hosted.host().bindings().disable("subject");
        hosted.set("mode", "replay");

        EmbeddingResult replayed = models.embed(vectors);

        assertThat(replayed.vectors().get(1)).isEqualTo(recorded.vectors().get(1));
        assertThat(replayed.usage().orElseThrow().inputTokens()).hasValue(2);
        assertThat(models.countTokens(counted).tokens()).isEqualTo(42);
        assertThat(models.countTokens(counted).exact()).isTrue();
        assertThat(models.tokenize("replay/m", "aé😀")).containsExactly('a', 'é', 0x1F600);
        assertThat(models.detokenize("replay/m", new int[] {104, 105})).isEqualTo("hi");
        assertThat(hosted.calls()).isEqualTo(4);
    }

    @Test
    void mediaOfARequestLieBesideAndCountByTheirContent() throws Exception {
        Blob picture = Blob.of("image/png", new byte[] {9, 9});
        GenerationRequest request =
                GenerationRequest.chat("replay/m", List.of(Message.user("look")))
                        .build()
                        .withImages(List.of(picture));
        hosted.ask(request, new ArrayList<>());
        hosted.ask(request.toBuilder().build(), new ArrayList<>());
        assertThat(hosted.calls()).isOne();
        try (var kept = Files.list(hosted.recordings().resolve("media"))) {
            assertThat(kept)
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readAllBytes(file)).containsExactly(9, 9));
        }
        hosted.ask(
                GenerationRequest.chat("replay/m", List.of(Message.user("look")))
                        .build()
                        .withImages(List.of(Blob.of("image/png", new byte[] {8}))),
                new ArrayList<>());
        assertThat(hosted.calls()).isEqualTo(2);
    }

    @Test
    void aRenamedOrEditedRecordingIsFoundByWhatIsInIt() throws IOException {
        hosted.ask("first");
        Path file = hosted.files().getFirst();
        Path renamed = file.resolveSibling("greeting.json");
        Files.move(file, renamed);
        Files.writeString(renamed, Files.readString(renamed).replace("first", "other"));
        hosted.set("mode", "replay");

        assertThat(hosted.ask("other")).isEqualTo("You said: other");
        assertThat(hosted.failure(ReplayedHost.request("first").build()))
                .hasMessageContaining("greeting.json");
    }

    @Test
    void aDamagedRecordingIsToldAndHarmsNoOther() throws IOException {
        hosted.ask("first");
        hosted.ask("second");
        Path damaged =
                hosted.files().stream()
                        .filter(file -> contains(file, "first"))
                        .findFirst()
                        .orElseThrow();
        Files.writeString(damaged, "{\"request\": ");
        hosted.set("mode", "replay");

        BindingException e = hosted.failure(ReplayedHost.request("first").build());
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining(damaged.getFileName().toString());
        assertThat(hosted.ask("second")).isEqualTo("You said: second");
        assertThat(hosted.failure(ReplayedHost.request("third").build()))
                .hasMessageContaining("nearest is");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itsModelsAreThoseOfTheTargetAndThoseRecorded() {
        assertThat(names()).containsExactly("replay/m");
        hosted.ask("hello");
        hosted.host().bindings().disable("subject");
        hosted.set("mode", "replay");
        assertThat(names()).containsExactly("replay/m");
    }

    private List<String> names() {
        return hosted.host().models().availableModels().stream()
                .map(model -> model.id())
                .filter(id -> id.startsWith("replay/"))
                .toList();
    }
}
