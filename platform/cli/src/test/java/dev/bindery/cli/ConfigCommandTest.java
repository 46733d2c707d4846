package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private static final String OPENAI = "/admin/v1/instances/openai";
    private static final String INSTANCE =
            """
            {"name":"openai","binding":"openai","state":"ACTIVE","reason":"",
             "settings":{"api_key":"***","temperature":0.7},
             "template":[
               {"name":"api_key","type":"str","value":"","help":"Your key","secret":true,"required":true},
               {"name":"temperature","type":"float","value":1.0,"min":0.0,"max":1.0E7,"help":"How freely"},
               {"name":"style","type":"str","value":"plain","options":["plain","ornate"],"help":"Of what kind"}],
             "default_model":"gpt","aliases":{"fast":"gpt-mini"},
             "limits":{"concurrency":64,"queue":256},"isolation":"process","memory":"512m",
             "health":{"status":"UP","reason":""},"models":["gpt","gpt-mini"]}
            """;

    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost();
        host.answers("GET " + OPENAI, INSTANCE).answers("PATCH " + OPENAI, INSTANCE);
        place = new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void withoutAChangeItShowsEachSettingAndWhatItMayBe() {
        assertThat(place.run("config", "openai").out())
                .isEqualTo(
                        """
                        openai: ACTIVE
                        binding        openai
                        default model  gpt
                        aliases        fast=gpt-mini
                        limits         concurrency=64, queue=256
                        runs in        process, 512m
                        health         UP
                        models         gpt, gpt-mini

                        SETTING      VALUE  TYPE   ALLOWED           HELP
                        api_key      ***    str    required, secret  Your key
                        temperature  0.7    float  0..10000000       How freely
                        style        plain  str    plain | ornate    Of what kind
                        """);
    }

    @Test
    void longOptionsAreWrappedAndWordsStayWhole() {
        String options =
                IntStream.range(0, 30)
                        .mapToObj("\"option-%d\""::formatted)
                        .collect(Collectors.joining(","));
        host.answers(
                "GET " + OPENAI,
                INSTANCE.replace("\"plain\",\"ornate\"", options).replace("ACTIVE", "FAILED"));

        String shown = place.run("config", "openai").out();

        assertThat(shown.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(shown).contains("option-0 | option-1 ", "option-29", "Of what kind");
        assertThat(shown).startsWith("openai: FAILED\n").doesNotContain("health");
    }

    @Test
    void oneChangeCarriesAllThatWasAsked() {
        Run config =
                place.run(
                        "config",
                        "openai",
                        "base_url=http://x/v1?a=b",
                        "--unset",
                        "temperature",
                        "--binding",
                        "openai",
                        "--default-model",
                        "gpt",
                        "--limit",
                        "concurrency=4",
                        "--isolation",
                        "process",
                        "--memory",
                        "1g",
                        "--enabled",
                        "false");

        assertThat(config.exit()).isZero();
        assertThat(config.out()).isEqualTo("openai: ACTIVE\n");
        assertThat(host.bodyOf(0))
                .isEqualTo(
                        "{\"settings\":{\"base_url\":\"http://x/v1?a=b\",\"temperature\":null},"
                                + "\"binding\":\"openai\",\"default_model\":\"gpt\",\"enabled\":false,"
                                + "\"isolation\":\"process\",\"memory\":\"1g\","
                                + "\"limits\":{\"concurrency\":4}}");
    }

    @Test
    void whatIsWrongWithAnInstanceThatServesIsSaidAtOnce() {
        host.answers(
                "PATCH " + OPENAI,
                INSTANCE.replace(
                        "\"status\":\"UP\",\"reason\":\"\"",
                        "\"status\":\"DEGRADED\",\"reason\":\"model_paths: there is no /nowhere\""));

        assertThat(place.run("config", "openai", "style=ornate").out())
                .isEqualTo("openai: ACTIVE\n    DEGRADED: model_paths: there is no /nowhere\n");
    }

    @Test
    void whereItsCodeRunsGoesBackToWhatTheCardSays() {
        place.run("config", "openai", "--isolation", "card", "--memory", "default");

        assertThat(host.bodyOf(0)).isEqualTo("{\"isolation\":\"\",\"memory\":\"\"}");
    }

    @Test
    void whatItMayCallIsSetAndTakenBack() {
        place.run("config", "openai", "--calls", "echo,llamacpp/small*");
        assertThat(host.bodyOf(0)).isEqualTo("{\"calls\":[\"echo\",\"llamacpp/small*\"]}");

        place.run("config", "openai", "--calls", "none");
        assertThat(host.bodyOf(1)).isEqualTo("{\"calls\":[]}");
    }

    @Test
    void aSecretComesFromStandardInputOrAFile() throws IOException {
        Path file = Files.writeString(home.resolve("key"), "from a file\n");

        place.typing("typed in\n").run("config", "openai", "api_key=-");
        place.run("config", "openai", "api_key=@" + file, "style=@@home");

        assertThat(host.bodyOf(0)).isEqualTo("{\"settings\":{\"api_key\":\"typed in\"}}");
        assertThat(host.bodyOf(1))
                .isEqualTo("{\"settings\":{\"api_key\":\"from a file\",\"style\":\"@home\"}}");
    }

    @Test
    void limitsAreGivenAndTakenBackLikeSettings() {
        place.run("config", "openai", "limits.queue=0", "limits.unload_after_s=300");
        place.run("config", "openai", "--unset", "limits.queue", "style=plain");

        assertThat(host.bodyOf(0))
                .isEqualTo("{\"limits\":{\"queue\":\"0\",\"unload_after_s\":\"300\"}}");
        assertThat(host.bodyOf(1))
                .isEqualTo("{\"settings\":{\"style\":\"plain\"},\"limits\":{\"queue\":null}}");
    }

    @Test
    void anInstanceGetsAnotherName() {
        Run config = place.run("config", "openai", "--rename", "work");

        assertThat(config.exit()).isZero();
        assertThat(host.bodyOf(0)).isEqualTo("{\"name\":\"work\"}");
    }

    @Test
    void anAliasIsAddedAndOneWithoutAModelRemoved() {
        place.run("config", "openai", "--alias", "best=gpt", "--alias", "fast=");

        assertThat(host.bodyOf(0)).isEqualTo("{\"aliases\":{\"best\":\"gpt\",\"fast\":\"\"}}");
    }

    @Test
    void whatTheHostRefusesIsAFailureInItsWords() {
        host.refuses("PATCH " + OPENAI, 400, "invalid", "temperature is 3, but at most 2.");

        Run config = place.run("config", "openai", "temperature=3");

        assertThat(config.exit()).isEqualTo(1);
        assertThat(config.err()).isEqualTo("bindery: temperature is 3, but at most 2.\n");
    }

    @Test
    void whatIsNoAssignmentIsNotSent() {
        Run config = place.run("config", "openai", "temperature");

        assertThat(config.exit()).isEqualTo(2);
        assertThat(config.err()).contains("temperature").contains("SETTING=VALUE");
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void anInstanceIsRemovedWhenThatIsAsked() {
        host.answers("DELETE /admin/v1/instances/work", 204, "");

        assertThat(place.run("config", "work", "--remove").exit()).isZero();
        assertThat(host.asked()).containsExactly("DELETE /admin/v1/instances/work");
    }
}
