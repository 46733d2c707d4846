package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.host.Errand;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which instances a route may lead to: what the operator and the caller allow, and no circles. */
class RouteReachTest {
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
}
