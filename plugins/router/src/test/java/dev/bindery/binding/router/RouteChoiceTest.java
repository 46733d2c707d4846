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
import dev.bindery.api.JsonObject;
import dev.bindery.api.Prompt;
import dev.bindery.host.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which targets a route has for a request, and which it asks first. */
class RouteChoiceTest {
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

    private static JsonObject target(String model, double weight) {
        return JsonObject.of("model", model, "weight", weight);
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
    void anUnknownRouteIsNotFoundAndTheOthersAreNamed() {
        assertThat(hosted.failure("router/slow"))
                .hasMessageContaining("router/first")
                .extracting(BindingException::code)
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }
}
