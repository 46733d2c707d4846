package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Caller;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Reach;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a binding gets when it asks other instances: what the operator and the caller allow. */
class OtherInstancesTest {
    /** Hands a request on to the model that the last message names, in that way. */
    private static final String RELAY =
            """
            public List<String> listModels() { return List.of("m"); }
            public GenerationResult generate(GenerationRequest request, GenerationCallback callback) throws Exception {
                String[] order = request.chat().orElseThrow().messages().getLast().text().split(" ", 3);
                String what = order.length > 2 ? order[2] : "";
                GenerationRequest.Builder next = request.toBuilder().model(order[1])
                    .input(Chat.of(List.of(Message.user(what))));
                return switch (order[0]) {
                    case "on" -> context().models().generate(next.build(), callback);
                    case "deaf" -> context().models().generate(next.cancellation(Cancellation.NONE).build(), callback);
                    case "anew" -> context().models().generate(
                        GenerationRequest.chat(order[1], List.of(Message.user(what))).build(), callback);
                    case "share" -> {
                        String first = context().models().generate(next.retries(request.retries().atMost(1)).build(), GenerationCallback.IGNORE).text();
                        yield said(callback, first + " then " + request.retries().left());
                    }
                    case "apart" -> {
                        try {
                            yield context().executor().submit(() -> context().models().generate(next.build(), callback)).get();
                        } catch (java.util.concurrent.ExecutionException e) {
                            throw (BindingException) e.getCause();
                        }
                    }
                    case "names" -> said(callback, context().models().names().toString());
                    case "model" -> said(callback, context().models().model(order[1]).name() + " "
                        + context().models().model(order[1]).capabilities().contains(Capability.CHAT) + " "
                        + context().models().allows("target/other") + " " + context().models().allows("third/m"));
                    default -> throw BindingException.invalidRequest(order[0]);
                };
            }
            private static GenerationResult said(GenerationCallback callback, String text) {
                callback.chunk(text);
                return GenerationResult.of(text);
            }
            public EmbeddingResult embed(EmbeddingRequest request) {
                return context().models().embed(request.toBuilder().model("target/m").build());
            }
            public int[] tokenize(String model, String text) { return context().models().tokenize("target/m", text); }
            public String detokenize(String model, int[] tokens) { return context().models().detokenize("target/m", tokens); }
            public TokenCount countTokens(GenerationRequest request) {
                return context().models().countTokens(request.toBuilder().model("target/m").build());
            }
            """;

    private static final String TARGET =
            """
            public List<String> listModels() { return List.of("m"); }
            public GenerationResult generate(GenerationRequest request, GenerationCallback callback) throws Exception {
                return switch (request.chat().orElseThrow().messages().getLast().text()) {
                    case "who" -> GenerationResult.of(request.caller().requestId() + " " + request.caller().keyName().orElse("-"));
                    case "time" -> GenerationResult.of("" + (request.remaining().orElseThrow().toSeconds() <= 60));
                    case "budget" -> GenerationResult.of("" + request.retries().left());
                    case "retry" -> {
                        boolean first = request.retries().take();
                        boolean second = request.retries().take();
                        boolean third = request.retries().take();
                        yield GenerationResult.of(first + " " + second + " " + third);
                    }
                    case "broken" -> throw new IllegalStateException("a defect");
                    case "limited" -> throw BindingException.builder(ErrorCode.RATE_LIMITED, "slow down").retryAfter(java.time.Duration.ofSeconds(9)).build();
                    case "hang" -> {
                        java.nio.file.Path notes = context().dataDirectory();
                        var told = new java.util.concurrent.CountDownLatch(1);
                        try (var r = request.cancellation().onCancel(told::countDown)) {
                            java.nio.file.Files.writeString(notes.resolve("begun"), "");
                            told.await();
                            java.nio.file.Files.writeString(notes.resolve("told"), "" + System.nanoTime());
                        }
                        throw BindingException.cancelled();
                    }
                    default -> { callback.chunk("hello "); callback.chunk("you"); yield GenerationResult.of("hello you"); }
                };
            }
            public EmbeddingResult embed(EmbeddingRequest request) { return EmbeddingResult.of(List.of(new float[] {1, 2})); }
            public int[] tokenize(String model, String text) { return new int[] {text.length()}; }
            public String detokenize(String model, int[] tokens) { return "t" + tokens[0]; }
            public TokenCount countTokens(GenerationRequest request) { return TokenCount.exactly(7); }
            """;

    private static final String CAPABLE = "capabilities: [chat, stream, embeddings, tokenize]";

    @TempDir static Path folder;
    private static HostHome home;

    @BeforeAll
    static void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.install(jar("target", TARGET));
        home.install(jar("relay", RELAY));
        home.install(jar("second", RELAY));
        home.install(jar("third", RELAY));
        allow("relay", "target", "second/*", "relay");
        allow("second", "relay", "target/m");
    }

    @AfterAll
    static void stop() {
        home.host().close(Duration.ZERO);
    }

    private static BindingJar jar(String id, String body) {
        return BindingJar.of(id, "1.0.0", body).card(id, "1.0.0", new String[] {CAPABLE});
    }

    private static void allow(String instance, String... calls) {
        home.host()
                .instances()
                .configure(instance, InstanceChange.calls(new Reach(List.of(calls))));
    }

    private static GenerationRequest.Builder request(String model, String order) {
        return GenerationRequest.chat(model, List.of(Message.user(order)));
    }

    private static String ask(String model, String order) {
        return ask(request(model, order).build());
    }

    private static String ask(GenerationRequest request) {
        return home.host().models().generate(request, _ -> true).text();
    }

    private static BindingException failure(String model, String order) {
        return catchThrowableOfType(BindingException.class, () -> ask(model, order));
    }

    @Test
    void whatTheOperatorHasNotAllowedIsRefusedWithWhatToAdd() {
        BindingException e = failure("third/m", "on target/m hello");

        assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(e)
                .hasMessageContaining("third")
                .hasMessageContaining("'target/m'")
                .hasMessageContaining("conf/instances/third.yaml: calls: [target]");
        assertThat(failure("second/m", "on target/other hello").code())
                .isEqualTo(ErrorCode.NOT_CONFIGURED);
    }

    @Test
    void whatTheOperatorAllowsIsAnsweredPieceByPiece() {
        StringBuilder pieces = new StringBuilder();

        String text =
                home.host()
                        .models()
                        .generate(
                                request("relay/m", "on target/m hello").build(),
                                operation -> {
                                    pieces.append(operation.text()).append('|');
                                    return true;
                                })
                        .text();

        assertThat(text).isEqualTo("hello you");
        assertThat(pieces).hasToString("hello |you|");
    }

    @Test
    void aBindingSeesTheModelsThatItMayUseAndNoOthers() {
        assertThat(ask("relay/m", "names -")).isEqualTo("[target/m, second/m]");
        assertThat(ask("third/m", "names -")).isEqualTo("[]");
        assertThat(ask("relay/m", "model target/m")).isEqualTo("target/m true true false");
    }

    @Test
    void theFileOfTheInstanceSaysWhatItMayUseAndIsFollowed() throws IOException {
        home.install(jar("filed", RELAY));
        Path file = home.host().home().instances().resolve("filed.yaml");
        Files.writeString(file, "# mine\ncalls: [target]\n");
        Wait.until(
                "it may",
                () -> home.instance("filed").calls().equals(new Reach(List.of("target"))));

        assertThat(ask("filed/m", "on target/m hello")).isEqualTo("hello you");

        allow("filed", "second");
        assertThat(Files.readString(file)).contains("# mine").contains("second");
        assertThat(failure("filed/m", "on target/m x").code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
        Files.writeString(file, "calls: [3]\n");
        Wait.until("it is said", () -> home.instance("filed").reason().contains("filed.yaml"));
    }

    @Test
    void anEmptyEntryIsRefused() {
        assertThatThrownBy(() -> allow("third", ""))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("expected INSTANCE");
    }

    @Test
    void aCallerWhoMayNotUseTheTargetDoesNotReachItThroughAnother() {
        Errand limited = Errand.of(model -> model.startsWith("relay/"));

        BindingException e =
                catchThrowableOfType(
                        BindingException.class,
                        () -> limited.during(() -> ask("relay/m", "on target/m hello")));

        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(e).hasMessageContaining("'target/m'").hasMessageContaining("'relay'");
        assertThat(
                        catchThrowableOfType(
                                        BindingException.class,
                                        () ->
                                                limited.during(() ->
                                                        ask("relay/m", "anew target/m hello")))
                                .code())
                .as("nor when the binding makes up a request")
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(
                        Errand.of(model -> !model.startsWith("second/"))
                                .<String, RuntimeException>during(
                                        () -> ask("relay/m", "on target/m hello")))
                .isEqualTo("hello you");
    }

    @Test
    void theCallerTheTimeAndTheBudgetGoAlong() {
        GenerationRequest.Builder asked =
                request("relay/m", "on target/m who")
                        .caller(Caller.builder("req_1").keyName("ci").build())
                        .timeLimit(Duration.ofMinutes(1));

        assertThat(ask(asked.build())).isEqualTo("req_1 ci");
        assertThat(
                        ask(
                                asked.input(
                                                dev.bindery.api.Chat.of(
                                                        List.of(Message.user("anew target/m who"))))
                                        .build()))
                .isEqualTo("req_1 ci");
        assertThat(
                        ask(
                                request("relay/m", "on target/m time")
                                        .timeLimit(Duration.ofMinutes(1))
                                        .build()))
                .isEqualTo("true");
        assertThat(ask("relay/m", "on target/m budget")).isEqualTo("4");
        assertThat(ask("relay/m", "anew target/m budget")).isEqualTo("4");
    }

    @Test
    void whatATargetTriesAgainIsTakenFromTheOneBudgetOfTheRequest() {
        assertThat(ask("relay/m", "share target/m retry")).isEqualTo("true false false then 3");
        assertThat(ask("relay/m", "on target/m retry")).isEqualTo("true true true");
    }

    @Test
    void callsThatGoRoundInACircleAreRefused() {
        assertThat(failure("relay/m", "on relay/m on target/m hello"))
                .hasMessageContaining("relay → relay")
                .extracting(BindingException::code)
                .isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(failure("relay/m", "on second/m on relay/m on target/m hello"))
                .hasMessageContaining("relay → second → relay");
        assertThat(ask("relay/m", "on second/m on target/m hello")).isEqualTo("hello you");
    }

    @Test
    void aBindingAsksNobodyOnItsOwnBehalf() {
        BindingException e = failure("relay/m", "apart target/m hello");

        assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(e).hasMessageContaining("on the thread that runs it");
    }

    @Test
    void aDefectOfTheTargetIsNoDefectOfTheBindingThatAsksIt() {
        for (int i = 0; i < 4; i++) {
            assertThat(failure("relay/m", "on target/m broken").code())
                    .isEqualTo(ErrorCode.UPSTREAM_ERROR);
        }
        BindingException limited = failure("relay/m", "on target/m limited");
        assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(home.binding("relay").state()).hasToString("ACTIVE");
    }

    @Test
    void aTargetHearsTheCancellationAtOnceEvenIfTheBindingKeepsItToItself() throws Exception {
        Path notes = home.host().home().data().resolve("target");
        for (String way : List.of("on", "deaf", "anew")) {
            Files.deleteIfExists(notes.resolve("begun"));
            Files.deleteIfExists(notes.resolve("told"));
            CancellationSource client = new CancellationSource();
            CompletableFuture<BindingException> end =
                    CompletableFuture.supplyAsync(() ->
                            catchThrowableOfType(
                                    BindingException.class,
                                    () ->
                                            ask(
                                                    request("relay/m", way + " target/m hang")
                                                            .cancellation(client)
                                                            .build())));
            Wait.until("it has begun", () -> Files.exists(notes.resolve("begun")));

            client.cancel();

            assertThat(end.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
            Wait.until("it was told", () -> Files.exists(notes.resolve("told")));
        }
    }

    @Test
    void vectorsTokensAndCountsComeFromTheTarget() {
        assertThat(
                        home.host()
                                .models()
                                .embed(EmbeddingRequest.of("relay/m", List.of("a")))
                                .vectors())
                .containsExactly(new float[] {1, 2});
        assertThat(home.host().models().tokenize("relay/m", "four")).containsExactly(4);
        assertThat(home.host().models().detokenize("relay/m", new int[] {5})).isEqualTo("t5");
        assertThat(home.host().models().countTokens(request("relay/m", "x").build()).tokens())
                .isEqualTo(7);
    }
}
