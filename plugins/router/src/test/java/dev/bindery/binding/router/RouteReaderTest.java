package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteReaderTest {
    @Test
    void aRouteIsAListOfTargetsOrAMapThatSaysMore() {
        Map<String, Route> routes =
                RouteReader.read(
                        JsonObject.of(
                                "fast",
                                List.of("a/m", "b/org/name:tag"),
                                "split",
                                Map.of(
                                        "targets",
                                        List.of(Map.of("model", "a/m", "weight", 2), "b/m"),
                                        "sticky",
                                        "user",
                                        "same_model",
                                        true)));

        assertThat(routes.get("fast"))
                .isEqualTo(
                        new Route(
                                "fast",
                                List.of(new Target("a/m", 0), new Target("b/org/name:tag", 0)),
                                Sticky.NONE,
                                false));
        assertThat(routes.get("split"))
                .isEqualTo(
                        new Route(
                                "split",
                                List.of(new Target("a/m", 2), new Target("b/m", 0)),
                                Sticky.USER,
                                true));
    }

    static List<Object[]> mistakes() {
        return List.of(
                new Object[] {Map.of(), "routes: there is none; expected a name and its targets"},
                new Object[] {
                    Map.of("fast", "a/m"), "routes.fast: found \"a/m\", expected a list of targets"
                },
                new Object[] {Map.of("fast", List.of()), "routes.fast: there is none"},
                new Object[] {
                    Map.of("fast", List.of("gpt")),
                    "routes.fast[0]: found \"gpt\", expected INSTANCE/MODEL"
                },
                new Object[] {
                    Map.of("fast", List.of("a/m", 3)), "routes.fast[1]: found 3, expected"
                },
                new Object[] {
                    Map.of("fast", List.of("a/m", "a/m")), "routes.fast[1]: 'a/m' is there twice"
                },
                new Object[] {
                    Map.of("fast", List.of(Map.of("weight", 1))),
                    "routes.fast[0].model: found \"\", expected INSTANCE/MODEL"
                },
                new Object[] {
                    Map.of("fast", List.of(Map.of("model", "a/m", "weight", -1))),
                    "routes.fast[0].weight: found -1.0, expected a number from 0"
                },
                new Object[] {
                    Map.of("fast", List.of(Map.of("model", "a/m", "wait", 1))),
                    "routes.fast[0]: found wait, expected model, weight"
                },
                new Object[] {
                    Map.of("fast", Map.of("targets", List.of("a/m"), "stick", "key")),
                    "routes.fast: found stick, expected same_model, sticky, targets"
                },
                new Object[] {
                    Map.of("fast", Map.of("targets", List.of("a/m"), "sticky", "moon")),
                    "routes.fast.sticky: found moon, expected none, session, key, user"
                },
                new Object[] {
                    Map.of("fast", Map.of("targets", List.of("a/m"), "sticky", "key")),
                    "routes.fast.sticky: found key, but without a weight"
                },
                new Object[] {
                    Map.of("fast", Map.of("targets", List.of("a/m"), "same_model", "yes")),
                    "routes.fast.same_model: found \"yes\", expected true or false"
                });
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlaceAndWhatIsExpected(Map<String, Object> routes, String message) {
        assertThatThrownBy(() -> RouteReader.read(JsonObject.ofMap(routes)))
                .isInstanceOf(BindingException.class)
                .hasMessageStartingWith(message);
    }
}
