package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValueTest {
    @Test
    void javaValuesBecomeJsonAndComeBack() {
        Map<String, Object> java = new LinkedHashMap<>();
        java.put("null", null);
        java.put("flags", List.of(true, false));
        java.put("whole", Long.MIN_VALUE);
        java.put("number", 0.5);
        java.put("text", "a");
        java.put("list", Arrays.asList(1L, null, List.of(), Map.of()));

        JsonObject json = JsonObject.ofMap(java);

        assertThat(json)
                .hasToString(
                        "{\"null\":null,\"flags\":[true,false],\"whole\":-9223372036854775808,"
                                + "\"number\":0.5,\"text\":\"a\",\"list\":[1,null,[],{}]}");
        assertThat(json.toJava()).isEqualTo(java);
        assertThat(JsonValue.of(json)).isSameAs(json);
        assertThat(JsonValue.of(json.toJava())).isEqualTo(json).hasSameHashCodeAs(json);
    }

    @Test
    void numbersOfAnyKindKeepTheirValue() {
        assertThat(JsonValue.of((byte) 1)).isEqualTo(JsonValue.of(1L)).isInstanceOf(JsonLong.class);
        assertThat(JsonValue.of((short) 1)).isEqualTo(JsonValue.of(1));
        assertThat(JsonValue.of(BigInteger.TEN)).isEqualTo(new JsonLong(10));
        assertThat(JsonValue.of(BigInteger.TWO.pow(70))).isInstanceOf(JsonDouble.class);
        assertThat(JsonValue.of(new BigDecimal("1.5"))).isEqualTo(new JsonDouble(1.5));
        assertThat(JsonValue.of(1e300)).hasToString("1.0E300");
    }

    @Test
    void whatJsonCannotExpressIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValue.of(Double.NaN))
                .withMessage("JSON has no number NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValue.of(Double.NEGATIVE_INFINITY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValue.of(new Object()))
                .withMessage("no JSON value of a java.lang.Object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValue.of(Map.of(1, "x")))
                .withMessage("a key of JSON is a text, not 1");
    }

    @Test
    void textIsEscapedSoThatItIsOneLineOfValidJson() {
        assertThat(new JsonString("\"\\\n\r\t\u0000\u001f\u2028\u2029/é\uD83D\uDE00"))
                .hasToString("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f\\u2028\\u2029/é\uD83D\uDE00\"");
        assertThat(new JsonString("lone \uD83D"))
                .as("a lone surrogate survives as its escape")
                .hasToString("\"lone \\ud83d\"");
        assertThat(JsonObject.of("a\"b", 1)).hasToString("{\"a\\\"b\":1}");
    }

    @Test
    void sixtyFourLevelsAreAllowedAndNoMore() {
        JsonValue deep = JsonValue.of(1);
        for (int i = 0; i < JsonValue.MAX_DEPTH; i++) {
            deep = i % 2 == 0 ? new JsonArray(List.of(deep)) : JsonObject.of("x", deep);
        }
        JsonValue deepest = deep;

        assertThat(deepest.toString()).hasSizeGreaterThan(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonArray(List.of(deepest)))
                .withMessage("JSON of more than 64 levels");
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.of("x", deepest));
    }

    @Test
    void aListThatHoldsItselfIsRefused() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValue.of(circle))
                .withMessage("JSON of more than 64 levels");
    }

    @Test
    void aMillionCharactersAreAllowedAndNoMore() {
        String long_ = "x".repeat(JsonValue.MAX_SIZE - 2);

        assertThat(new JsonString(long_).toString()).hasSize(JsonValue.MAX_SIZE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonString(long_ + "x"))
                .withMessageContaining("at most 1048576 are allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonArray(List.of(new JsonString(long_))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonObject.of("a", new JsonString(long_)));
    }

    @Test
    void fieldsAreReadByTheTypeThatTheyHave() {
        JsonObject json =
                JsonObject.of("text", "a", "whole", 2).with("number", 0.5).with("flag", true);

        assertThat(json.text("text")).contains("a");
        assertThat(json.text("whole")).isEmpty();
        assertThat(json.whole("whole")).hasValue(2);
        assertThat(json.whole("number")).isEmpty();
        assertThat(json.number("whole")).hasValue(2);
        assertThat(json.number("number")).hasValue(0.5);
        assertThat(json.number("flag")).isEmpty();
        assertThat(json.flag("flag")).contains(true);
        assertThat(json.flag("missing")).isEmpty();
        assertThat(json.object("text")).isEqualTo(JsonObject.EMPTY);
        assertThat(json.array("missing")).isEqualTo(JsonArray.EMPTY);
        assertThat(json.field("missing")).isEmpty();
        assertThat(JsonObject.of("a", null).field("a")).contains(JsonNull.NULL);
    }

    @Test
    void valuesCannotBeChanged() {
        JsonObject json = JsonObject.of("list", List.of(1));

        assertThat(json.with("list", 2)).isNotEqualTo(json);
        assertThat(json.fields().keySet()).isUnmodifiable();
        assertThat(json.array("list").items()).isUnmodifiable();
        assertThat(json.toJava()).isUnmodifiable();
    }
}
