package dev.bindery.server.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.CacheHint;
import dev.bindery.api.Candidate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.server.options.RecallLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnStoreTest {
    private static final TurnStore.Owner ME = new TurnStore.Owner("key", "instance");
    private static final JsonObject SEAL = JsonObject.of("provider", "sealed");

    private long now = Long.MAX_VALUE - 5;
    private TurnStore turns = store(new RecallLimits(100, 1 << 20, Duration.ofNanos(10)));

    private TurnStore store(RecallLimits limits) {
        return new TurnStore(limits, () -> now);
    }

    private static ToolCallPart call(String id, String arguments) {
        return ToolCallPart.of(id, "look", arguments);
    }

    private static Turn turn(Part... parts) {
        return Turn.of(Candidate.builder().parts(List.of(parts)).build()).orElseThrow();
    }

    private static Turn sealed(String id) {
        return turn(call(id, "{}").withProviderData(SEAL));
    }

    private Optional<JsonObject> recalled(String id) {
        Message sent = Message.of(Role.ASSISTANT, List.of(call(id, "{}")));
        JsonObject data = turns.restored(ME, sent).parts().getFirst().providerData();
        return data.isEmpty() ? Optional.empty() : Optional.of(data);
    }

    @Test
    void isForgottenAfterItsTimeWithoutUse() {
        turns.put(ME, sealed("a"));
        turns.put(ME, sealed("b"));
        now += 9;
        assertThat(recalled("a")).contains(SEAL);
        now += 9;
        assertThat(recalled("a")).contains(SEAL);
        assertThat(recalled("b")).isEmpty();
        now += 10;
        assertThat(recalled("a")).isEmpty();
    }

    @Test
    void theOneUsedLongestAgoMakesRoom() {
        turns = store(new RecallLimits(2, 1 << 20, Duration.ofHours(1)));
        turns.put(ME, sealed("a"));
        turns.put(ME, sealed("b"));
        assertThat(recalled("a")).contains(SEAL);
        turns.put(ME, sealed("c"));
        assertThat(recalled("b")).isEmpty();
        assertThat(recalled("a")).contains(SEAL);
        assertThat(recalled("c")).contains(SEAL);
    }

    @Test
    void bytesAreBoundedAndNoTurnTakesMoreThanItsShare() {
        long one = sealed("a").bytes();
        turns = store(new RecallLimits(100, 16 * one, Duration.ofHours(1)));
        turns.put(ME, turn(call("large", "{}").withProviderData(SEAL.with("more", "x"))));
        assertThat(recalled("large")).isEmpty();
        for (int i = 0; i < 17; i++) {
            turns.put(ME, sealed((char) ('a' + i) + ""));
        }
        assertThat(recalled("a")).isEmpty();
        assertThat(recalled("b")).contains(SEAL);
        assertThat(recalled("q")).contains(SEAL);
    }

    @Test
    void anIdThatCameTwiceTellsNothingUnlessTheTurnIsTheSame() {
        turns.put(ME, sealed("a"));
        turns.put(ME, sealed("a"));
        assertThat(recalled("a")).contains(SEAL);
        turns.put(ME, turn(call("a", "{}").withProviderData(JsonObject.of("other", 1))));
        assertThat(recalled("a")).isEmpty();
        turns.put(ME, sealed("a"));
        assertThat(recalled("a")).isEmpty();
    }

    @Test
    void nobodyElseReadsIt() {
        turns.put(ME, sealed("a"));
        Message sent = Message.of(Role.ASSISTANT, List.of(call("a", "{}")));
        assertThat(turns.restored(new TurnStore.Owner("other", "instance"), sent)).isSameAs(sent);
        assertThat(turns.restored(new TurnStore.Owner("key", "other"), sent)).isSameAs(sent);
        assertThat(turns.restored(ME, sent)).isNotSameAs(sent);
    }

    @Test
    void whatNobodyDropsIsNotKept() {
        assertThat(Turn.of(Candidate.builder().parts(List.of(call("a", "{}"))).build())).isEmpty();
        assertThat(Turn.of(candidate(ReasoningPart.of("hm"), TextPart.of("x")))).isEmpty();
        assertThat(Turn.of(candidate(ReasoningPart.of("hm"), call("", "{}")))).isEmpty();
        assertThat(Turn.of(candidate(ReasoningPart.of("hm"), call("a", "{}")))).isPresent();
        assertThat(Turn.of(candidate(TextPart.of("x").withProviderData(SEAL), call("a", "{}"))))
                .isPresent();
    }

    private static Candidate candidate(Part... parts) {
        return Candidate.builder().parts(List.of(parts)).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":[true]} | { \"b\": [true], \"a\": 1.0 } | true",
                "{\"a\":1}              | {\"a\":2}                     | false",
                "{\"a\":\"1\"}          | {\"a\":1}                     | false",
                "not json               | not json                      | true",
                "not json               | {}                            | false",
                "''                     | {}                            | true"
            })
    void argumentsAreComparedAsJson(String made, String sent, boolean same) {
        turns.put(ME, turn(ReasoningPart.of("hm"), call("a", made)));
        Message back = Message.of(Role.ASSISTANT, List.of(call("a", sent)));
        Message restored = turns.restored(ME, back);
        assertThat(restored.parts()).hasSize(same ? 2 : 1);
        assertThat(((ToolCallPart) restored.parts().getLast()).arguments())
                .isEqualTo(same ? made : sent);
    }

    @Test
    void whatTheClientChangedIsLeftAsItIs() {
        turns.put(ME, turn(ReasoningPart.of("hm", "sig", false), TextPart.of("so"), call("a", "")));
        for (List<Part> changed :
                List.<List<Part>>of(
                        List.of(call("a", "")),
                        List.of(TextPart.of("So"), call("a", "")),
                        List.of(ReasoningPart.of("Hm"), TextPart.of("so"), call("a", "")),
                        List.of(TextPart.of("so"), ToolCallPart.of("a", "other", "")),
                        List.of(TextPart.of("so"), call("a", ""), call("b", "")))) {
            Message sent = Message.of(Role.ASSISTANT, changed);
            assertThat(turns.restored(ME, sent)).isSameAs(sent);
        }
        Message user = Message.of(Role.USER, List.of(TextPart.of("so"), call("a", "")));
        assertThat(turns.restored(ME, user)).isSameAs(user);
    }

    @Test
    void whatTheClientSendsStaysAndItsCallsGetBackWhatTheyLack() {
        turns.put(
                ME,
                turn(
                        ReasoningPart.of("hm", "sig", false),
                        call("a", "").withProviderData(SEAL),
                        call("b", "")));
        ReasoningPart own = ReasoningPart.of("hm", "my own", false);
        JsonObject mine = JsonObject.of("mine", true);
        Message restored =
                turns.restored(
                        ME,
                        Message.of(
                                Role.ASSISTANT,
                                List.of(own, call("a", ""), call("b", "").withProviderData(mine))));
        assertThat(restored.parts().getFirst()).isSameAs(own);
        assertThat(restored.parts().get(1).providerData()).isEqualTo(SEAL);
        assertThat(restored.parts().get(2).providerData()).isEqualTo(mine);
    }

    @Test
    void aWholeTurnKeepsItsOrderAndTheClientsCacheHintsAndName() {
        OpaquePart opaque = OpaquePart.of("some", "kind", JsonObject.of("x", 1));
        turns.put(
                ME,
                turn(
                        ReasoningPart.of("h", "sig", false),
                        TextPart.of("one "),
                        opaque,
                        ReasoningPart.of("m"),
                        TextPart.of("two"),
                        call("a", "{}")));
        CacheHint first = CacheHint.usual();
        CacheHint second = CacheHint.of(Duration.ofHours(1));
        Message restored =
                turns.restored(
                        ME,
                        Message.of(
                                        Role.ASSISTANT,
                                        List.of(
                                                ReasoningPart.of("hm"),
                                                TextPart.of("one two").withCacheHint(first),
                                                call("a", "{}").withCacheHint(second)))
                                .withName("ada"));
        assertThat(restored.parts())
                .extracting(part -> part.getClass().getSimpleName())
                .containsExactly(
                        "ReasoningPart",
                        "TextPart",
                        "OpaquePart",
                        "ReasoningPart",
                        "TextPart",
                        "ToolCallPart");
        assertThat(restored.name()).contains("ada");
        assertThat(restored.parts().get(1).cacheHint()).isEmpty();
        assertThat(restored.parts().get(4).cacheHint()).containsSame(first);
        assertThat(restored.parts().getLast().cacheHint()).containsSame(second);
    }
}
