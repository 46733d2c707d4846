package dev.bindery.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyCharacterThereIsComesBackAsItWas() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        byte[] written = new JsonText().text(all.toString()).toBytes();
        assertThat(JSON.readTree(written).stringValue()).isEqualTo(all.toString());
        assertThat(new String(written, StandardCharsets.UTF_8))
                .doesNotContain("\n", "\r", "\u2028", "\u0000");
    }

    @Test
    void halfACharacterBecomesTheSignForThat() {
        assertThat(new JsonText().text("a\ud83d").text("\ude00b").toString())
                .isEqualTo("\"a\ufffd\",\"\ufffdb\"");
    }

    @Test
    void commasStandWhereTheyBelong() {
        JsonText out = new JsonText().beginObject();
        out.field("a").number(1).field("b").beginArray().text("x").nothing().flag(true);
        out.beginObject().endObject().endArray().field("c").number(1.5).field("d").number(0.1f);
        assertThat(out.endObject().toString())
                .isEqualTo("{\"a\":1,\"b\":[\"x\",null,true,{}],\"c\":1.5,\"d\":0.1}");
    }

    @Test
    void whatIsNoNumberInJsonIsNull() {
        assertThat(new JsonText().number(Double.NaN).number(Float.POSITIVE_INFINITY).toString())
                .isEqualTo("null,null");
    }
}
