package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.RetryBudget;
import dev.bindery.host.CancellationSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @BeforeEach
    void everyTargetIsWell() {
        hosted.everyTargetIsWell();
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
    void aPartThatTheContractHasNoNameForIsAPieceOfTheAnswer() throws IOException {
        hosted.script("aa", "found UPSTREAM_ERROR");
        long before = hosted.noted("bb", "calls");

        BindingException e = hosted.failure("router/first");

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
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
}
