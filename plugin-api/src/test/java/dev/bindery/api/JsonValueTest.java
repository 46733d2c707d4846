package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValueTest {
    @Test
    void everyKindOfJavaValueBecomesJson() {
        List<Object> values =
                Arrays.asList(null, true, false, (byte) 1, 2L, 0.5f, "a", Map.of("b", 1));

        JsonValue json = JsonValue.of(values);

        assertThat(json).hasToString("[null,true,false,1,2,0.5,\"a\",{\"b\":1}]");
        assertThat(json.toJava())
                .isEqualTo(Arrays.asList(null, true, false, 1L, 2L, 0.5, "a", Map.of("b", 1L)));
    }
}
