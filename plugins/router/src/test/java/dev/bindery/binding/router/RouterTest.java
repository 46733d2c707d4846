package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Caller;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Prompt;
import dev.bindery.api.RetryBudget;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The router's jar in a real host, in front of targets that do what they are told. */
class RouterTest {
    @TempDir static Path folder;
    private static RoutedHost hosted;

    @BeforeAll
    static void start() throws IOException {
        hosted = new RoutedHost(folder);
    }

    @AfterAll
    static void stop() {
        hosted.close();
    }

    /** Other limits of the breaker forget what it knew, so that no test suffers from another. */
    @BeforeEach
    void everyTargetIsWell() {
        for (String target : List.of("aa", "bb", "cc")) {
            hosted.script(target, "ok");
        }
        hosted.routes("first", List.of("aa/m", "bb/m"), "alone", List.of("aa/m"));
        hosted.set("router", "breaker_failures", 999);
        hosted.set("router", "breaker_failures", 1000);
        hosted.set("router", "first_token_s", 0);
        hosted.set("router", "target_retries", 0);
    }

    private static JsonObject target(String model, double weight) {
        return JsonObject.of("model", model, "weight", weight);
    }

    @Test
    void theFirstTargetAnswersAndTheResultSaysSo() {
        GenerationResult result = hosted.result(RoutedHost.request("router/first").build());

        assertThat(result.text()).isEqualTo("I am aa");
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(3);
        assertThat(result.metadata().object("router"))
                .isEqualTo(JsonObject.of("route", "first", "target", "aa/m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RATE_LIMITED",
                "OVERLOADED",
                "UPSTREAM_ERROR",
                "UPSTREAM_UNAVAILABLE",
                "UPSTREAM_AUTHENTICATION",
                "TIMEOUT",
                "INTERNAL",
                "NOT_CONFIGURED",
                "MODEL_NOT_FOUND",
                "UNSUPPORTED",
                "CONTEXT_LENGTH_EXCEEDED"
            })
    void whenATargetFailsBeforeItsFirstPieceTheNextAnswersAndNothingIsLost(String code) {
        hosted.script("aa", "fail " + code);
        List<String> heard = new ArrayList<>();

        GenerationResult result =
                hosted.host()
                        .models()
                        .generate(
                                RoutedHost.request("router/first").build(),
                                operation -> {
                                    heard.add(operation.text());
                                    return true;
                                });

        assertThat(result.text()).isEqualTo("I am bb");
        assertThat(heard).containsExactly("working", "I ", "am ", "bb");
        assertThat(result.metadata().object("router").array("failed").items()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID_REQUEST", "CONTENT_FILTERED"})
    void whatIsWrongWithTheRequestIsToldAndNotTriedElsewhere(String code) throws IOException {
        hosted.script("aa", "fail " + code);
        long before = hosted.noted("bb", "calls");

        BindingException e = hosted.failure("router/first");

        assertThat(e.code().name()).isEqualTo(code);
        assertThat(e).hasMessage("on purpose");
        assertThat(hosted.noted("bb", "calls")).isEqualTo(before);
    }

    @Test
    void aFailureInMidStreamIsToldAndNeverBegunAnew() throws IOException {
        hosted.script("aa", "late UPSTREAM_ERROR");
        long before = hosted.noted("bb", "calls");
        List<String> heard = new ArrayList<>();

        BindingException e = hosted.failure(RoutedHost.request("router/first").build(), heard);

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(heard).containsExactly("half ");
        assertThat(e.usage()).isPresent();
        assertThat(hosted.noted("bb", "calls")).isEqualTo(before);
    }

    @Test
    void whenNoTargetAnswersEachIsNamedWithItsFailure() {
        hosted.script("aa", "fail UPSTREAM_AUTHENTICATION");
        hosted.script("bb", "fail RATE_LIMITED 7");

        BindingException e = hosted.failure("router/first");

        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e)
                .hasMessage(
                        "no target of first answered: aa/m: UPSTREAM_AUTHENTICATION: on purpose;"
                                + " bb/m: RATE_LIMITED: on purpose");
    }

    @Test
    void anAbsentTargetIsNobodysProblem() throws IOException {
        hosted.host().bindings().disable("aa");
        try {
            assertThat(hosted.ask("router/first")).isEqualTo("I am bb");
            assertThat(hosted.failure("router/alone").code())
                    .isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        } finally {
            hosted.host().bindings().enable("aa");
        }
    }

    @Test
    void oneBudgetOfRetriesHoldsForTheRouterAndItsTargets() throws IOException {
        hosted.script("aa", "retry");
        hosted.script("bb", "retry");
        assertThat(hosted.failure("router/first"))
                .as("the first none by itself, the last what is left of four")
                .hasMessageContaining("aa/m: UPSTREAM_UNAVAILABLE: tried again 0")
                .hasMessageContaining("bb/m: UPSTREAM_UNAVAILABLE: tried again 3");

        hosted.set("router", "target_retries", 2);
        assertThat(hosted.failure("router/first"))
                .hasMessageContaining("aa/m: UPSTREAM_UNAVAILABLE: tried again 2")
                .hasMessageContaining("bb/m: UPSTREAM_UNAVAILABLE: tried again 1");

        long before = hosted.noted("bb", "calls");
        GenerationRequest once =
                RoutedHost.request("router/first").retries(RetryBudget.of(0)).build();
        assertThat(hosted.failure(once, new ArrayList<>())).hasMessage("tried again 0");
        assertThat(hosted.noted("bb", "calls")).isEqualTo(before);
    }

    @Test
    void aTargetThatDoesNotBeginInTimeIsLeftForTheNext() throws Exception {
        hosted.set("router", "first_token_s", 1);
        hosted.script("aa", "hang");
        long told = hosted.noted("aa", "told");

        assertThat(hosted.ask("router/first")).isEqualTo("I am bb");
        RoutedHost.await("it was cancelled", () -> hosted.noted("aa", "told") == told + 1);
        assertThat(hosted.failure("router/alone").code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void aCancellationReachesTheTargetAtOnceAndIsNotTriedElsewhere() throws Exception {
        hosted.script("aa", "hang");
        long hanging = hosted.noted("aa", "hanging");
        long told = hosted.noted("aa", "told");
        long others = hosted.noted("bb", "calls");
        CancellationSource client = new CancellationSource();
        CompletableFuture<BindingException> end =
                CompletableFuture.supplyAsync(() ->
                        hosted.failure(
                                RoutedHost.request("router/first").cancellation(client).build(),
                                new ArrayList<>()));
        RoutedHost.await("it hangs", () -> hosted.noted("aa", "hanging") == hanging + 1);

        client.cancel();

        assertThat(end.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        RoutedHost.await("it was told", () -> hosted.noted("aa", "told") == told + 1);
        assertThat(hosted.noted("bb", "calls")).isEqualTo(others);
        assertThat(hosted.host().instances().find("router").orElseThrow().health().status())
                .isEqualTo("UP");
    }

    @Test
    void requestsOfOneSessionStickToATargetAndMoveOnlyWhenItFails() {
        hosted.routes(
                "chat",
                JsonObject.of(
                        "targets",
                        List.of(target("aa/m", 1), target("bb/m", 1), target("cc/n", 1)),
                        "sticky",
                        "session"));
        Map<String, String> homes = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            homes.put("s" + i, session("s" + i));
        }
        assertThat(homes.values()).contains("I am aa", "I am bb", "I am cc");

        hosted.script("bb", "fail UPSTREAM_UNAVAILABLE");

        homes.forEach((session, home) -> {
            if (home.equals("I am bb")) {
                assertThat(session(session)).isNotEqualTo(home);
            } else {
                assertThat(session(session)).isEqualTo(home);
            }
        });
    }

    private static String session(String session) {
        return hosted.result(
                        RoutedHost.request("router/chat")
                                .caller(Caller.builder("r").session(session).build())
                                .build())
                .text();
    }

    @Test
    void vectorsAndTokensComeOnlyFromTheSameModel() {
        hosted.routes(
                "mixed", List.of("aa/m", "cc/n", "bb/m"),
                "two", List.of("aa/m", "cc/n"),
                "equal", JsonObject.of("targets", List.of("aa/m", "cc/n"), "same_model", true));
        hosted.script("aa", "fail UPSTREAM_UNAVAILABLE");

        assertThat(vector("mixed")).isEqualTo('b');
        assertThat(vector("equal")).isEqualTo('c');
        assertThatThrownBy(() -> vector("two"))
                .isInstanceOf(BindingException.class)
                .hasMessage("on purpose");
        assertThat(hosted.host().models().tokenize("router/mixed", "abc")).containsExactly('b', 3);
        assertThat(hosted.host().models().detokenize("router/mixed", new int[2])).isEqualTo("aa2");
        GenerationRequest tokens =
                GenerationRequest.builder("router/two", Prompt.ofTokens(new int[] {1})).build();
        assertThat(hosted.failure(tokens, new ArrayList<>())).hasMessage("on purpose");
        assertThat(
                        hosted.host()
                                .models()
                                .countTokens(RoutedHost.request("router/two").build())
                                .tokens())
                .isEqualTo('c');
    }

    private static char vector(String route) {
        return (char)
                hosted.host()
                        .models()
                        .embed(EmbeddingRequest.of("router/" + route, List.of("x")))
                        .vectors()
                        .getFirst()[0];
    }

    @Test
    void aRouteCanWhatOneOfItsTargetsCanAndTakesWhatAllTake() {
        hosted.routes("pictures", List.of("aa/m", "cc/n"));
        ServedModel route =
                hosted.host().models().availableModels().stream()
                        .filter(model -> model.id().equals("router/pictures"))
                        .findFirst()
                        .orElseThrow();

        assertThat(route.capabilities()).contains(Capability.IMAGES, Capability.CHAT);
        assertThat(route.capabilities()).doesNotContain(Capability.TOOLS);
        assertThat(route.info().contextLength()).hasValue(2000);
        assertThat(
                        hosted.result(
                                        RoutedHost.request("router/pictures")
                                                .build()
                                                .withImages(
                                                        List.of(
                                                                Blob.of(
                                                                        "image/png",
                                                                        new byte[] {1}))))
                                .text())
                .as("a target that cannot is passed over")
                .isEqualTo("I am cc");
    }

    @Test
    void aTargetThatFailsTooOftenIsPausedShownAndTriedAgain() throws Exception {
        hosted.set("router", "breaker_failures", 3);
        hosted.set("router", "breaker_pause_s", 1);
        hosted.script("aa", "fail UPSTREAM_UNAVAILABLE");
        for (int i = 0; i < 3; i++) {
            assertThat(hosted.ask("router/first")).isEqualTo("I am bb");
        }
        long asked = hosted.noted("aa", "calls");

        assertThat(hosted.ask("router/first")).isEqualTo("I am bb");
        BindingException e = hosted.failure("router/alone");

        assertThat(hosted.noted("aa", "calls")).as("it was left alone").isEqualTo(asked);
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(e.retryAfter().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(e).hasMessageContaining("aa/m: paused after failures");
        RoutedHost.await(
                "health says so",
                () ->
                        hosted.host()
                                .instances()
                                .find("router")
                                .orElseThrow()
                                .health()
                                .reason()
                                .contains("aa/m is paused"));

        hosted.script("aa", "ok");
        RoutedHost.await("it is asked again", () -> hosted.ask("router/first").equals("I am aa"));
        hosted.set("router", "breaker_pause_s", 30);
    }

    @Test
    void aKeyForSomeModelsReachesNoOthersThroughARoute() throws IOException {
        Errand some = Errand.of(model -> model.startsWith("router/") || model.equals("bb/m"));
        long before = hosted.noted("aa", "calls");

        assertThat(some.<String, RuntimeException>during(() -> hosted.ask("router/first")))
                .isEqualTo("I am bb");
        BindingException e =
                some.<BindingException, RuntimeException>during(
                        () -> hosted.failure("router/alone"));

        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(e).hasMessageContaining("the caller may not use 'aa/m'");
        assertThat(hosted.noted("aa", "calls")).isEqualTo(before);
        assertThat(hosted.ask("router/first")).as("others are as before").isEqualTo("I am aa");
    }

    @Test
    void routesThatLeadBackAreRefused() throws IOException {
        hosted.host()
                .instances()
                .configure(
                        "ring",
                        new InstanceChange(
                                Optional.of("router"),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of()));
        hosted.calls("ring", "router", "bb");
        hosted.set(
                "ring",
                "routes",
                JsonObject.of("back", List.of("router/round"), "out", List.of("bb/m")));
        hosted.calls("router", "aa", "bb/*", "cc", "ring", "router");
        hosted.routes(
                "round", List.of("ring/back"),
                "self", List.of("router/first"),
                "rescued", List.of("ring/back", "aa/m"),
                "deeper", List.of("ring/out"),
                "first", List.of("aa/m"));

        assertThat(hosted.failure("router/round"))
                .hasMessageContaining("round in a circle: router → ring → router");
        assertThat(hosted.failure("router/self"))
                .hasMessageContaining("router → router")
                .extracting(BindingException::code)
                .isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(hosted.ask("router/rescued")).isEqualTo("I am aa");
        assertThat(hosted.ask("router/deeper")).isEqualTo("I am bb");
        hosted.host().instances().remove("ring");
        hosted.routes("first", List.of("aa/m", "bb/m"));
        hosted.calls("router", "aa", "bb/*", "cc");
    }

    @Test
    void aRouteToWhatTheOperatorHasNotAllowedIsRefusedWhenItIsConfigured() {
        assertThatThrownBy(() -> hosted.routes("secret", List.of("d/m")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("'d/m'")
                .hasMessageContaining("calls: [d]");
        assertThat(hosted.ask("router/first")).as("the old routes hold").isEqualTo("I am aa");
        assertThatThrownBy(() -> hosted.calls("router", "bb"))
                .as("nor may it be taken back from under a route")
                .isInstanceOf(HostException.class)
                .hasMessageContaining("routes.first leads to 'aa/m'");
    }

    @Test
    void anUnknownRouteIsNotFoundAndTheOthersAreNamed() {
        assertThat(hosted.failure("router/slow"))
                .hasMessageContaining("router/first")
                .extracting(BindingException::code)
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }
}
