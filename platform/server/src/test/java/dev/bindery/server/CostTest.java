package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.TOKEN;
import static dev.bindery.server.Served.chatBody;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Price;
import dev.bindery.api.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What calls cost: prices from the operator, from bindings and from answers; totals that last. */
class CostTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ADMIN = "Authorization: Bearer " + TOKEN;
    private static final String PRICES =
            """
            {"models": {
              "echo/echo": {"input": 1000, "output": 3000},
              "echo/*": {"currency": "EUR", "input": 1, "cached_input": 0.5, "output": 2}
            }}
            """;

    @TempDir Path home;
    private Served served;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(home.resolve("state"));
        Files.createDirectories(home.resolve("conf"));
        served = new Served(home);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void prices(String text) throws IOException {
        Files.writeString(home.resolve("conf/prices.json"), text);
    }

    private void serve(String model, @Nullable Price price, GenerationResult result) {
        served.router.serve(
                "echo", ModelInfo.builder(model).price(price).build(), (_, _) -> result);
    }

    private static GenerationResult result(JsonObject metadata, Usage usage) {
        return GenerationResult.builder()
                .candidates(List.of(Candidate.of("x", FinishReason.STOP)))
                .metadata(metadata)
                .usage(usage)
                .build();
    }

    private JsonNode admin(String path) throws IOException {
        RawHttp.Answer answer = served.get("/admin/v1/" + path, ADMIN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** Counted is after the answer was written. */
    private JsonNode totals(Predicate<JsonNode> counted) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        JsonNode totals = admin("instances/echo").path("totals");
        while (!counted.test(totals) && System.nanoTime() < end) {
            totals = admin("instances/echo").path("totals");
        }
        assertThat(counted.test(totals)).as(totals.toString()).isTrue();
        return totals;
    }

    private static Predicate<JsonNode> calls(int many) {
        return totals -> totals.path("calls").asInt() == many;
    }

    @Test
    void theOperatorsPricesMakeCostsEverywhere() throws Exception {
        prices(PRICES);

        JsonNode usage = json(served.chat(ECHO, "one two three")).path("usage");
        assertThat(usage.path("cost").asDouble()).isEqualTo(0.012);
        RawHttp.Answer stream =
                served.post(
                        CHAT,
                        chatBody(
                                ECHO,
                                "one two",
                                "\"stream\":true",
                                "\"stream_options\":{\"include_usage\":true}"));
        assertThat(stream.body()).contains("\"cost\":0.008");

        JsonNode totals = totals(calls(2));
        assertThat(totals.path("cost").path("USD").asDouble()).isEqualTo(0.02);
        assertThat(totals.path("unpriced_calls").asInt()).isZero();
        assertThat(totals.path("input_tokens").asInt()).isEqualTo(5);
        assertThat(totals.at("/models/echo/cost/USD").asDouble()).isEqualTo(0.02);
        assertThat(admin("status").at("/cost/USD").asDouble()).isEqualTo(0.02);
        assertThat(served.get("/metrics").body())
                .containsPattern("bindery_cost_total\\{[^}]*currency=\"USD\"[^}]*} 0\\.02");
    }

    @Test
    void totalsGoOnAfterARestart() throws Exception {
        prices(PRICES);
        served.chat(ECHO, "one two three");
        totals(calls(1));
        served.close();

        served = new Served(home);

        assertThat(totals(calls(1)).path("cost").path("USD").asDouble()).isEqualTo(0.012);
        served.chat(ECHO, "one two three");
        assertThat(totals(calls(2)).path("cost").path("USD").asDouble()).isEqualTo(0.024);
    }

    @Test
    void whatNobodyKnowsIsAbsentAndTheCallsAreCounted() throws Exception {
        assertThat(json(served.chat(ECHO, "one")).path("usage").has("cost")).isFalse();

        JsonNode totals = totals(calls(1));
        assertThat(totals.path("cost").isEmpty()).isTrue();
        assertThat(totals.path("unpriced_calls").asInt()).isEqualTo(1);
        assertThat(admin("status").path("cost").isEmpty()).isTrue();
        assertThat(served.get("/metrics").body()).doesNotContain("bindery_cost");
    }

    @Test
    void aBindingsPriceHoldsWhereTheOperatorHasNoneAndCurrenciesStayApart() throws Exception {
        Usage usage =
                Usage.builder()
                        .inputTokens(1_000_000L)
                        .cacheReadTokens(400_000L)
                        .outputTokens(100_000L)
                        .build();
        Price price = Price.builder("CNY").input(10.0).cachedInput(1.0).output(20.0).build();
        serve("told", price, result(JsonObject.EMPTY, usage));

        assertThat(json(served.chat("echo/told", "x")).path("usage").has("cost"))
                .as("other currencies have no place there")
                .isFalse();
        assertThat(totals(calls(1)).at("/cost/CNY").asDouble()).isEqualTo(8.4);

        prices(PRICES);
        served.chat("echo/told", "x");
        assertThat(totals(calls(2)).at("/cost/EUR").asDouble()).isEqualTo(1.0);
        assertThat(totals(calls(2)).at("/cost/CNY").asDouble()).isEqualTo(8.4);
    }

    @Test
    void whatTheProviderSaysItChargedCountsMoreThanAnEstimate() throws Exception {
        prices(PRICES);
        serve("billed", null, result(JsonObject.of("cost", 0.5), Usage.of(1, 1)));

        assertThat(json(served.chat("echo/billed", "x")).at("/usage/cost").asDouble())
                .isEqualTo(0.5);
        assertThat(totals(calls(1)).at("/cost/USD").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aListThatIsWrongLeavesThePricesBefore() throws Exception {
        prices(PRICES);
        assertThat(cost()).isEqualTo(0.004);
        for (String wrong :
                new String[] {
                    "{",
                    "{\"models\": {\"echo/echo\": {\"inputs\": 1}}}",
                    "{\"models\": 5}",
                    "{\"models\": {\"echo/echo\": {\"input\": -1}}}",
                    "{\"currency\": \"dollars\", \"models\": {\"a\": {}}}"
                }) {
            prices(wrong);
            assertThat(cost()).as(wrong).isEqualTo(0.004);
            assertThat(admin("doctor").path("findings").toString())
                    .as(wrong)
                    .contains("prices.json is wrong: ");
        }
        prices(PRICES.replace("3000", "5000"));
        assertThat(cost()).isEqualTo(0.006);
        Files.delete(home.resolve("conf/prices.json"));
        assertThat(json(served.chat(ECHO, "one")).at("/usage/cost").isMissingNode()).isTrue();
    }

    private double cost() throws IOException {
        return json(served.chat(ECHO, "one")).at("/usage/cost").asDouble();
    }

    @Test
    void totalsGoWithAnInstanceThatIsRenamed() throws Exception {
        prices(PRICES);
        served.chat(ECHO, "one");
        totals(calls(1));

        String body = "{\"name\":\"other\"}";
        try (RawHttp http = served.connect()) {
            http.request(
                    "PATCH", "/admin/v1/instances/echo", ADMIN, "Content-Length: " + body.length());
            assertThat(json(http.send(body).answer()).at("/totals/calls").asInt()).isEqualTo(1);
        }
        totals(calls(0));
    }

    @Test
    void aFileOfTotalsThatCannotBeReadIsKeptAside() throws Exception {
        served.close();
        Files.writeString(home.resolve("state/costs.json"), "{\"instances\": 7}");

        served = new Served(home);

        totals(calls(0));
        assertThat(home.resolve("state/costs.json.unreadable")).hasContent("{\"instances\": 7}");
    }

    @Test
    void namesThatClientsMakeUpHaveOneTotal() throws Exception {
        serve("secret", null, result(JsonObject.EMPTY, Usage.of(1, 1)));
        served.router.unlisted.add("echo/secret");

        served.chat("echo/secret", "x");

        assertThat(totals(calls(1)).path("models").propertyNames()).containsExactly("_OTHER");
    }
}
