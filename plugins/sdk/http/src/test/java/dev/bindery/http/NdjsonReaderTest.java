package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class NdjsonReaderTest {
    @Test
    void everyLineIsAValueAndBlankOnesAreSkipped() {
        NdjsonReader reader = reader("{\"a\":1}\r\n\n \n{\"a\":2}");

        assertThat(reader.next()).isEqualTo(Json.object().put("a", 1));
        assertThat(reader.next()).isEqualTo(Json.object().put("a", 2));
        assertThat(reader.next()).isNull();
    }

    @Test
    void aCutLineIsTheProvidersError() {
        NdjsonReader reader = reader("{\"a\":");

        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR))
                .hasMessageContaining("no JSON");
    }

    private static NdjsonReader reader(String stream) {
        return new NdjsonReader(new Buffer().writeUtf8(stream), ReplyLimits.DEFAULTS);
    }
}
