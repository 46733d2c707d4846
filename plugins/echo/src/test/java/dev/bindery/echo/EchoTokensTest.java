package dev.bindery.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.TokenCount;
import dev.bindery.fixture.TestContext;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EchoTokensTest {
    private final EchoBinding echo = TestContext.started(new EchoBinding(), Map.of());

    @Test
    void aPieceIsATokenAndTokensComeBackAsText() {
        int[] tokens = echo.tokenize("echo", " Hello  big\nworld");

        assertThat(tokens).hasSize(3);
        assertThat(echo.detokenize("echo", tokens)).isEqualTo(" Hello  big\nworld");
        assertThat(echo.detokenize("echo", new int[] {tokens[1]})).isEqualTo("big\n");
        assertThat(echo.tokenize("echo", "")).isEmpty();
    }

    @Test
    void theSameTextHasTheSameTokensAlsoInAnotherInstance() {
        String text = "the same text, whoever asks";

        assertThat(echo.tokenize("echo", text))
                .isEqualTo(TestContext.started(new EchoBinding(), Map.of()).tokenize("echo", text));
    }

    @Test
    void textsOfAnyCharactersComeBack() {
        Random random = new Random(20261123);
        for (int i = 0; i < 300; i++) {
            String text =
                    random.ints(random.nextInt(40), 0, Character.MAX_CODE_POINT + 1)
                            .mapToObj(c -> Character.toString(random.nextInt(4) == 0 ? ' ' : c))
                            .collect(Collectors.joining());
            assertThat(echo.detokenize("echo", echo.tokenize("echo", text))).isEqualTo(text);
        }
    }

    @Test
    void wordsThatShareAHashStayApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());

        int[] tokens = echo.tokenize("echo", "Aa Aa BB BB");

        assertThat(tokens).hasSize(4);
        assertThat(echo.detokenize("echo", tokens)).isEqualTo("Aa Aa BB BB");
    }

    @Test
    void whatTheVocabularyCannotTakeIsSpelled() {
        String tooLong = "x".repeat(Vocabulary.MAX_LENGTH + 1);
        assertThat(echo.tokenize("echo", tooLong)).hasSize(Vocabulary.MAX_LENGTH + 1);

        String manyWords =
                IntStream.range(0, Vocabulary.MAX_PIECES + 10)
                        .mapToObj(i -> "w" + i)
                        .collect(Collectors.joining(" "));
        int[] tokens = echo.tokenize("echo", manyWords);

        assertThat(tokens).hasSizeGreaterThan(Vocabulary.MAX_PIECES + 10);
        assertThat(echo.detokenize("echo", tokens)).isEqualTo(manyWords);
    }

    @Test
    void anUnknownTokenIsNamed() {
        assertThatThrownBy(() -> echo.detokenize("echo", new int[] {1_999_999_999}))
                .hasMessageStartingWith("the token 1999999999 is not in echo's vocabulary");
        assertThatThrownBy(() -> echo.detokenize("echo", new int[] {-1}))
                .hasMessageStartingWith("the token -1 is not");
    }

    @Test
    void theCountOfARequestIsExact() {
        GenerationRequest chat =
                GenerationRequest.builder(
                                "echo",
                                Chat.of(Message.system("be kind"), Message.user("one two three")))
                        .build();
        GenerationRequest tokens =
                GenerationRequest.builder("echo", Prompt.ofTokens(new int[] {65, 66})).build();

        assertThat(echo.countTokens(chat)).isEqualTo(TokenCount.exactly(5));
        assertThat(echo.countTokens(tokens)).isEqualTo(TokenCount.exactly(2));
    }
}
