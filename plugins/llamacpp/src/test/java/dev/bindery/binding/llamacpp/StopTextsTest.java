package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void aStopTextAcrossPiecesEndsTheAnswerBeforeIt() {
        StopTexts stops = new StopTexts(List.of("END"));
        assertThat(stops.add("one E")).isEqualTo("one ");
        assertThat(stops.add("N")).isEmpty();
        assertThat(stops.add("D two")).isEmpty();
        assertThat(stops.found()).contains("END");
        assertThat(stops.add("more")).isEmpty();
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void whatTurnsOutNotToBeOneComesOut() {
        StopTexts stops = new StopTexts(List.of("END"));
        assertThat(stops.add("EN")).isEmpty();
        assertThat(stops.add("EMY")).isEqualTo("ENEMY");
        assertThat(stops.add("EN")).isEmpty();
        assertThat(stops.rest()).isEqualTo("EN");
        assertThat(stops.found()).isEmpty();
    }

    @Test
    void theOneThatBeginsFirstIsTaken() {
        StopTexts stops = new StopTexts(List.of("b", "ab", ""));
        assertThat(stops.add("xaby")).isEqualTo("x");
        assertThat(stops.found()).contains("ab");
    }

    @Test
    void noPieceEndsWithinACharacter() {
        StopTexts stops = new StopTexts(List.of("\uDE00x"));
        assertThat(stops.add("a😀")).isEqualTo("a");
        assertThat(stops.rest()).isEqualTo("😀");
    }

    @Test
    void withoutStopTextsEverythingPasses() {
        StopTexts stops = new StopTexts(List.of());
        assertThat(stops.add("all of it")).isEqualTo("all of it");
    }
}
