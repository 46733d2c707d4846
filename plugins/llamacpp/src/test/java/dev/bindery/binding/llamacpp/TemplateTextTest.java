package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "é 漢字",
                "a 😀 b 👩‍👩‍👧",
                "nul \0 inside",
                "\uE000",
                "\uE000d83d",
                "end \uE000"
            })
    void textComesBackUnchangedAndTravelsWithoutWhatGarbles(String text) {
        String wrapped = TemplateText.wrap(text);
        assertThat(TemplateText.unwrap(wrapped)).isEqualTo(text);
        assertThat(wrapped).doesNotContainPattern("[\\x00\\x{10000}-\\x{10FFFF}]");
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        assertThat(TemplateText.wrap("a\uD83Db")).isEqualTo("a\uFFFDb");
        assertThat(TemplateText.wrap("\uDE00")).isEqualTo("\uFFFD");
    }
}
