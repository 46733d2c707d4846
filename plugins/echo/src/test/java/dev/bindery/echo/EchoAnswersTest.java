package dev.bindery.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.Prompt;
import dev.bindery.api.Sampling;
import dev.bindery.api.Tool;
import dev.bindery.api.Usage;
import dev.bindery.fixture.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoAnswersTest {
    private final EchoBinding echo = TestContext.started(new EchoBinding(), Map.of());
    private final Ear ear = new Ear();

    @Test
    void theLastUserMessageComesBackWordByWord() {
        GenerationResult result =
                echo.generate(
                        GenerationRequest.chat(
                                        "echo",
                                        List.of(
                                                Message.system("be brief"),
                                                Message.user("not this"),
                                                Message.user("  Hello,  big\r\n world\n"),
                                                Message.assistant("nor this")))
                                .build(),
                        ear);

        assertThat(ear.chunks()).containsExactly("  Hello,  ", "big\r\n ", "world\n");
        assertThat(result.text()).isEqualTo("  Hello,  big\r\n world\n");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertUsage(result.usage().orElseThrow(), 2 + 2 + 3 + 2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\r\n",
                "data: [DONE]",
                "a\u2028b\u0000c\u00a0d",
                "👩‍👩‍👧 \uD83D\uDE00\uD83D\uDE00 e\u0301",
                "\uFEFFتجربة 日本語　テスト",
                "\t{\"json\": [1, 2]}\n\n"
            })
    void everyTextComesBackUnchanged(String text) {
        GenerationResult result = echo.generate(asking(text).build(), ear);

        assertThat(result.text()).isEqualTo(text);
        assertThat(String.join("", ear.chunks())).isEqualTo(text);
        assertThat(ear.chunks()).noneMatch(String::isEmpty);
        assertThat(ear.chunks()).allMatch(chunk -> !Character.isHighSurrogate(last(chunk)));
    }

    @Test
    void maxTokensCountsPieces() {
        GenerationResult cut = echo.generate(asking("one two three").maxTokens(2).build(), ear);
        GenerationResult whole =
                echo.generate(asking("one two three").maxTokens(3).build(), new Ear());

        assertThat(ear.chunks()).containsExactly("one ", "two ");
        assertThat(cut.first().finishReason()).isEqualTo(FinishReason.LENGTH);
        assertUsage(cut.usage().orElseThrow(), 3, 2);
        assertThat(whole.first().finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aStopSequenceMaySpanPieces() {
        GenerationResult result =
                echo.generate(stopping("one two three four", "x", "wo thr").build(), ear);

        assertThat(ear.chunks()).containsExactly("one ", "t");
        assertThat(result.first().stopSequence()).contains("wo thr");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertUsage(result.usage().orElseThrow(), 4, 2);
    }

    @Test
    void ofSeveralStopSequencesTheFirstToBeginCounts() {
        GenerationResult result =
                echo.generate(
                        stopping("one two three", "three", "two", "two three", "").build(), ear);

        assertThat(result.text()).isEqualTo("one ");
        assertThat(result.first().stopSequence()).contains("two three");
    }

    @Test
    void aStopSequenceBeyondMaxTokensIsNotReached() {
        GenerationResult result =
                echo.generate(stopping("one two three", "two three").maxTokens(2).build(), ear);

        assertThat(result.text()).isEqualTo("one two ");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.first().stopSequence()).isEmpty();
    }

    @Test
    void aPromptComesBackAndWithEchoItGoesBeforeTheAnswer() {
        Prompt prompt = Prompt.of("once upon ").withSuffix("the end");
        GenerationResult plain = echo.generate(of(prompt).build(), new Ear());
        GenerationResult twice = echo.generate(of(prompt.withEcho(true)).maxTokens(1).build(), ear);

        assertThat(plain.text()).isEqualTo("once upon ");
        assertUsage(plain.usage().orElseThrow(), 4, 2);
        assertThat(ear.chunks()).containsExactly("once ", "upon ", "once ");
        assertThat(twice.text()).isEqualTo("once upon once ");
        assertUsage(twice.usage().orElseThrow(), 4, 1);
    }

    @Test
    void aPromptOfTokensComesBackAsText() {
        int[] tokens = echo.tokenize("echo", "some words");

        GenerationResult result = echo.generate(of(Prompt.ofTokens(tokens)).build(), ear);

        assertThat(result.text()).isEqualTo("some words");
        assertUsage(result.usage().orElseThrow(), 2, 2);
    }

    @Test
    void severalAnswersAreAllTheSame() {
        GenerationResult result = echo.generate(asking("a b").candidates(3).build(), ear);

        assertThat(result.candidates()).extracting(Candidate::text).containsOnly("a b").hasSize(3);
        assertThat(ear.operations)
                .extracting(Operation::candidate)
                .containsExactly(0, 0, 1, 1, 2, 2);
        assertUsage(result.usage().orElseThrow(), 2, 6);
    }

    @Test
    void toolsAreUnsupported() {
        refuses(
                asking("hi").tools(List.of(Tool.builder("find").build())),
                ErrorCode.UNSUPPORTED,
                "echo calls no tools");
    }

    @Test
    void anUnknownModelIsNamedWithWhatThereIs() {
        refuses(
                asking("hi").model("ehco"),
                ErrorCode.MODEL_NOT_FOUND,
                "there is no model ehco; there is: echo");
    }

    @Test
    void aConversationWithoutAUserIsAnErrorAndNoEmptyAnswer() {
        refuses(
                GenerationRequest.chat("echo", List.of(Message.system("hm"))),
                ErrorCode.INVALID_REQUEST,
                "no user message");
    }

    @Test
    void tooManyAnswersAreRefused() {
        refuses(asking("hi").candidates(129), ErrorCode.INVALID_REQUEST, "at most 128");
    }

    private void refuses(GenerationRequest.Builder request, ErrorCode code, String message) {
        assertThatThrownBy(() -> echo.generate(request.build(), ear))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((BindingException) e).code())
                .isEqualTo(code);
        assertThat(ear.operations).isEmpty();
    }

    private static GenerationRequest.Builder asking(String text) {
        return GenerationRequest.chat("echo", List.of(Message.user(text)));
    }

    private static GenerationRequest.Builder stopping(String text, String... stop) {
        return asking(text).sampling(Sampling.builder().stop(List.of(stop)).build());
    }

    private static GenerationRequest.Builder of(Prompt prompt) {
        return GenerationRequest.builder("echo", prompt);
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }

    private static void assertUsage(Usage usage, long input, long output) {
        assertThat(usage.inputTokens()).hasValue(input);
        assertThat(usage.outputTokens()).hasValue(output);
    }
}
