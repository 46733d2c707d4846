package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Operation;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls get from bindings that behave well and badly; one host for all. */
class CallsTest {
    private static final String GENERATE =
            """
            Path notes = context().dataDirectory();
            switch (((Chat) request.input()).messages().getLast().text()) {
                case "hang" -> {
                    try (var r = request.cancellation().onCancel(() -> note("told"))) {
                        note("begun");
                        while (!request.cancellation().isCancelled()) Thread.sleep(2);
                    }
                    throw BindingException.cancelled();
                }
                case "ignore" -> {
                    note("deaf");
                    try { Thread.sleep(60_000); } catch (InterruptedException e) { note("interrupted"); }
                    return GenerationResult.of("late");
                }
                case "flood" -> {
                    long sent = 0;
                    while (callback.chunk("x".repeat(1000))) { sent += 1000; counted.set(sent); }
                    note("refused after " + sent);
                    return GenerationResult.of("x".repeat((int) sent));
                }
                case "trickle" -> {
                    while (callback.chunk("tick ")) Thread.sleep(20);
                    return GenerationResult.of("");
                }
                case "pause" -> { callback.chunk("one"); Thread.sleep(60_000); return GenerationResult.of("one"); }
                case "silent" -> { Thread.sleep(60_000); return GenerationResult.of(""); }
                case "null" -> { return null; }
                case "error" -> throw new StackOverflowError("too deep");
                case "io" -> throw new java.io.IOException("no route");
                case "slow-io" -> throw new java.net.SocketTimeoutException("read");
                case "limit" -> throw BindingException.builder(ErrorCode.RATE_LIMITED, "slow down")
                    .retryAfter(java.time.Duration.ofSeconds(7)).upstreamStatus(429).build();
                case "differ" -> { callback.chunk("said"); return GenerationResult.of("written"); }
                case "whole" -> { return GenerationResult.of("all at once"); }
                case "later" -> {
                    Thread.ofPlatform().daemon().start(() -> {
                        try { released.await(); } catch (InterruptedException e) { return; }
                        note("later " + callback.chunk("late"));
                    });
                    return GenerationResult.of("");
                }
                case "release" -> { released.countDown(); return GenerationResult.of(""); }
                case "many" -> {
                    List<Thread> threads = new ArrayList<>();
                    for (int t = 0; t < 8; t++) threads.add(Thread.ofPlatform().start(() -> {
                        for (int i = 0; i < 200; i++) callback.chunk("ab");
                    }));
                    for (Thread thread : threads) thread.join();
                    return GenerationResult.of("ab".repeat(1600));
                }
                case "thread" -> {
                    Thread me = Thread.currentThread();
                    return GenerationResult.of(me.getName().replaceAll("[0-9]+$", "") + " " + me.isVirtual() + " "
                        + (me.getContextClassLoader() == getClass().getClassLoader()));
                }
                default -> {
                    String name = ((Chat) request.input()).messages().getLast().text();
                    try { Class.forName(name); return GenerationResult.of("visible"); }
                    catch (ClassNotFoundException e) { return GenerationResult.of("hidden"); }
                }
            }
            """;

    @TempDir static Path folder;
    private static HostHome home;

    @BeforeAll
    static void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.install(
                BindingJar.of(
                        "odd",
                        "1.0.0",
                        """
                        final java.util.concurrent.CountDownLatch released = new java.util.concurrent.CountDownLatch(1);
                        final java.util.concurrent.atomic.AtomicLong counted = new java.util.concurrent.atomic.AtomicLong();
                        void note(String text) {
                            try { java.nio.file.Files.writeString(context().dataDirectory().resolve(text), ""); }
                            catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                        }
                        public List<String> listModels() { return List.of("m"); }
                        public int[] tokenize(String model, String text) throws Exception {
                            note("tokenizing"); Thread.sleep(60_000); return new int[0];
                        }
                        public GenerationResult generate(GenerationRequest request, GenerationCallback callback) throws Exception {
                        %s
                        }
                        """
                                .formatted(
                                        GENERATE.replace(
                                                "Path notes = context().dataDirectory();\n", ""))));
    }

    @AfterAll
    static void stop() {
        home.host().close(Duration.ZERO);
    }

    private static GenerationRequest.Builder request(String what) {
        return GenerationRequest.chat("odd/m", List.of(dev.bindery.api.Message.user(what)));
    }

    private static String ask(String what) {
        return home.host().models().generate(request(what).build(), _ -> true).text();
    }

    private static BindingException failure(String what) {
        return catchThrowableOfType(BindingException.class, () -> ask(what));
    }

    private static boolean noted(String text) {
        return Files.exists(home.host().home().data().resolve("odd").resolve(text));
    }

    private static CompletableFuture<BindingException> failing(
            GenerationRequest request, AnswerSink sink) {
        CompletableFuture<BindingException> result = new CompletableFuture<>();
        Thread.startVirtualThread(() ->
                result.complete(
                        catchThrowableOfType(
                                BindingException.class,
                                () -> home.host().models().generate(request, sink))));
        return result;
    }

    private static void limit(String name, int value) {
        home.host()
                .instances()
                .configure(
                        "odd",
                        new InstanceChange(
                                Optional.empty(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of(
                                        name,
                                        value < 0 ? JsonValue.of(null) : JsonValue.of(value))));
    }

    @Test
    void aCancelledCallReturnsAtOnceAndTheBindingIsTold() throws Exception {
        CancellationSource source = new CancellationSource();
        var failure = failing(request("hang").cancellation(source).build(), _ -> true);
        Wait.until("it hangs", () -> noted("begun"));
        source.cancel();
        assertThat(failure.get(1500, TimeUnit.MILLISECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        Wait.until("it was told", () -> noted("told"));
    }

    @Test
    void theBindingIsToldOfACancellationAlsoWhileTheSinkBlocks() throws Exception {
        CancellationSource source = new CancellationSource();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        var failure =
                failing(
                        request("flood").cancellation(source).build(),
                        _ -> {
                            blocked.countDown();
                            try {
                                return free.await(30, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                return false;
                            }
                        });
        blocked.await();
        source.cancel();
        Wait.until("the callback says no", CallsTest::flooded);
        free.countDown();
        assertThat(failure.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        try (var files = Files.list(home.host().home().data().resolve("odd"))) {
            assertThat(
                            files.map(f -> f.getFileName().toString())
                                    .filter(f -> f.startsWith("refused")))
                    .as("a sink that does not read holds up the binding")
                    .allMatch(name -> Long.parseLong(name.replaceAll("\\D", "")) < 1_500_000);
        }
    }

    private static boolean flooded() throws IOException {
        try (var files = Files.list(home.host().home().data().resolve("odd"))) {
            return files.anyMatch(
                    file -> file.getFileName().toString().startsWith("refused after"));
        }
    }

    @Test
    void aBindingThatIgnoresItsCancellationIsInterrupted() throws Exception {
        CancellationSource source = new CancellationSource();
        var failure = failing(request("ignore").cancellation(source).build(), _ -> true);
        Wait.until("it sleeps", () -> noted("deaf"));
        source.cancel();
        assertThat(failure.get(1500, TimeUnit.MILLISECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        Wait.until("it was interrupted", () -> noted("interrupted"));
    }

    @Test
    void whatIsNotDeclaredIsRefusedBeforeTheBindingIsAsked() {
        BindingException failure =
                catchThrowableOfType(
                        BindingException.class,
                        () -> home.host().models().tokenize("odd/m", "text"));
        assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("\"odd/m\" does not support tokenize");
        assertThat(noted("tokenizing")).isFalse();
    }

    @Test
    void aSinkThatSaysNoOrThrowsEndsTheCall() {
        List<Operation> heard = new ArrayList<>();
        AnswerSink sink =
                operation -> {
                    heard.add(operation);
                    return heard.size() < 3;
                };
        home.host().models().generate(request("trickle").build(), sink);
        assertThat(heard).hasSize(3);
        assertThatThrownBy(() ->
                        home.host()
                                .models()
                                .generate(
                                        request("trickle").build(),
                                        _ -> {
                                            throw new IllegalStateException("client gone");
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("client gone");
    }

    @Test
    void whatABindingThrowsBecomesACode() {
        assertThat(failure("null").code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure("null")).hasMessageContaining("generate returned null");
        assertThat(failure("error").code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure("error")).hasMessageContaining("StackOverflowError").hasNoCause();
        assertThat(failure("io").code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(failure("slow-io").code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure("limit").code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failure("limit").retryAfter()).hasValue(Duration.ofSeconds(7));
        assertThat(failure("limit").upstreamStatus()).hasValue(429);
    }

    @Test
    void aResultWithoutOperationsIsDeliveredAndADifferingOneReportedOnce() {
        StringBuilder heard = new StringBuilder();
        AnswerSink sink =
                operation -> {
                    heard.append(operation.text());
                    return true;
                };
        home.host().models().generate(request("whole").build(), sink);
        assertThat(heard).hasToString("all at once");
        ask("differ");
        ask("differ");
        assertThat(home.events()).containsOnlyOnce("differs from the operations it sent");
    }

    @Test
    void aCallbackTakesOperationsFromManyThreadsAndNoneAfterTheEnd() {
        StringBuilder heard = new StringBuilder();
        home.host()
                .models()
                .generate(
                        request("many").build(),
                        operation -> {
                            heard.append(operation.text());
                            return true;
                        });
        assertThat(heard).hasToString("ab".repeat(1600));
        ask("later");
        ask("release");
        Wait.until("it was refused", () -> noted("later false"));
    }

    @Test
    void limitsEndCallsWithATimeoutThatSaysWhich() {
        try {
            limit("first_token_s", 1);
            assertThat(failure("silent")).hasMessage("no answer began within 1 s");
            limit("idle_s", 1);
            assertThat(failure("pause")).hasMessage("nothing came for 1 s");
            limit("total_s", 1);
            BindingException endless = failure("trickle");
            assertThat(endless.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(endless).hasMessageContaining("longer than its limit of 1");
        } finally {
            List.of("first_token_s", "idle_s", "total_s").forEach(name -> limit(name, -1));
        }
    }

    @Test
    void aFullQueueIsOverloadedWithATimeToRetry() throws Exception {
        CancellationSource source = new CancellationSource();
        try {
            Wait.until("all is quiet", () -> home.instance("odd").activeCalls() == 0);
            limit("concurrency", 1);
            limit("queue", 1);
            var first = failing(request("hang").cancellation(source).build(), _ -> true);
            Wait.until("it runs", () -> home.instance("odd").activeCalls() == 1);
            var second = failing(request("hang").cancellation(source).build(), _ -> true);
            Wait.until("it waits", () -> home.instance("odd").queuedCalls() == 1);
            BindingException third = failure("whole");
            assertThat(third.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(third.retryAfter()).isPresent();
            source.cancel();
            assertThat(first.get(5, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(second.get(5, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        } finally {
            source.cancel();
            limit("concurrency", -1);
            limit("queue", -1);
        }
    }

    @Test
    void callsRunOnNamedPlatformThreadsWithTheBindingsLoader() {
        assertThat(ask("thread")).isEqualTo("odd#1- false true");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.bindery.host.Host, hidden",
        "dev.bindery.host.lifecycle.Engine, hidden",
        "org.pf4j.PluginManager, hidden",
        "org.osgi.framework.BundleContext, hidden",
        "org.apache.felix.framework.Felix, hidden",
        "org.yaml.snakeyaml.Yaml, hidden",
        "dev.bindery.api.LlmBinding, visible",
        "org.slf4j.Logger, visible",
        "okhttp3.OkHttpClient, visible",
        "tools.jackson.databind.json.JsonMapper, visible",
        "java.sql.Driver, visible",
    })
    void aBindingSeesTheContractAndTheSharedLibrariesOnly(String type, String expected) {
        assertThat(ask(type)).isEqualTo(expected);
    }

    @Test
    void aBundledCopyOfASharedGroupWinsAsAWhole() {
        home.install(
                BindingJar.generating(
                                "own",
                                "1.0.0",
                                """
                                try { Class.forName("tools.jackson.databind.json.JsonMapper"); return GenerationResult.of("host's"); }
                                catch (ClassNotFoundException e) { return GenerationResult.of("own"); }
                                """)
                        .bytes("tools/jackson/core/Version.class", new byte[1]));
        assertThat(home.ask("own/m")).isEqualTo("own");
    }

    @Test
    void aHealthThatHangsHoldsUpNoList() {
        home.install(
                BindingJar.of(
                        "ill",
                        "1.0.0",
                        """
                        public Health health() { while (true) { try { Thread.sleep(99999); } catch (InterruptedException e) {} } }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return GenerationResult.of("well"); }
                        """));
        assertThat(home.instance("ill").health().reason()).isEqualTo("health() does not return");
        assertThat(home.ask("ill/m")).isEqualTo("well");
    }

    @Test
    void aPromptIsRefusedWhereOnlyChatsAreAnswered() {
        home.install(
                BindingJar.answering("chats", "1.0.0", "x")
                        .text(
                                "config.yaml",
                                BindingJar.card("chats", "1.0.0", "capabilities: [chat]")));
        var prompt = GenerationRequest.prompt("chats/m", "once").build();
        assertThatThrownBy(() -> home.host().models().generate(prompt, _ -> true))
                .hasMessageContaining("does not support completion");
    }

    @Test
    void aClosedHostRefusesCallsAndChangesAtOnce() throws IOException {
        Host host = EmbeddedHost.start(HostOptions.of(folder.resolve("closed")));
        HostHome closed = new HostHome(host, folder);
        closed.install(BindingJar.answering("hi", "1.0.0", "x"));
        host.close(Duration.ZERO);
        assertThatThrownBy(() -> closed.ask("hi/m")).hasMessageContaining("the host is stopping");
        assertThatThrownBy(() -> host.bindings().reload("hi")).hasMessageContaining("stopping");
        assertThatThrownBy(() -> closed.configure("hi")).hasMessageContaining("stopping");
        assertThatThrownBy(() -> host.bindings().uninstall("hi")).hasMessageContaining("stopping");
        host.close();
    }
}
