package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.JsonValue;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonTest {
    @Test
    void aValueIsTheSameOnBothSides() {
        String text = "{\"a\":[1,-2.5,true,null,\"ü😀\"],\"b\":{\"c\":9007199254740993}}";

        JsonValue value = Json.value(Json.parse(text));

        assertThat(value).isEqualTo(Json.value(Json.parse(value.toString())));
        assertThat(Json.node(value).toString()).isEqualTo(text);
    }

    @Test
    void aWholeNumberBeyondALongIsADouble() {
        assertThat(Json.value(Json.parse("123456789012345678901234567890")))
                .isEqualTo(JsonValue.of(1.2345678901234568E29));
    }

    @Test
    void whatIsTooDeepIsRefused() {
        assertThatThrownBy(() -> Json.parse("[".repeat(1000))).isInstanceOf(JacksonException.class);
    }

    @Test
    void onlyAStringIsAText() {
        var node = Json.parse("{\"a\":\"x\",\"b\":1,\"c\":null}");

        assertThat(Json.text(node, "a")).isEqualTo("x");
        assertThat(Json.text(node, "b")).isEmpty();
        assertThat(Json.text(node, "c")).isEmpty();
        assertThat(Json.text(node, "d")).isEmpty();
    }
}
