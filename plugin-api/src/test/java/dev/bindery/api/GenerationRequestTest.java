package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {
    private static final Blob PNG = Blob.of("image/png", new byte[] {1});
    private static final Blob JPEG = Blob.of("image/jpeg", new byte[] {2});

    @Test
    void imagesGoToTheEndOfTheLastUserMessage() {
        GenerationRequest request =
                GenerationRequest.chat(
                                "m",
                                List.of(
                                        Message.user("first"),
                                        Message.user("look").withName("Ann"),
                                        Message.assistant("hm")))
                        .maxTokens(5)
                        .build();

        GenerationRequest with = request.withImages(List.of(PNG, JPEG));

        List<Message> messages = with.chat().orElseThrow().messages();
        assertThat(messages).extracting(m -> m.parts().size()).containsExactly(1, 3, 1);
        assertThat(messages.get(1).text()).isEqualTo("look");
        assertThat(messages.get(1).name()).contains("Ann");
        assertThat(messages.get(1).parts(MediaPart.class))
                .extracting(part -> part.blob().orElseThrow())
                .containsExactly(PNG, JPEG);
        assertThat(with.maxTokens()).hasValue(5);
        assertThat(request.chat().orElseThrow().messages().get(1).parts()).hasSize(1);
    }

    @Test
    void aPromptBecomesTheMessageThatCarriesTheImages() {
        GenerationRequest with =
                GenerationRequest.prompt("m", "look").build().withImages(List.of(PNG));

        Message message = with.chat().orElseThrow().messages().getFirst();
        assertThat(message.role()).isEqualTo(Role.USER);
        assertThat(message.text()).isEqualTo("look");
        assertThat(message.parts(MediaPart.class)).hasSize(1);
    }

    @Test
    void withoutAUserTheImagesAreAMessageOfTheirOwn() {
        GenerationRequest with =
                GenerationRequest.chat("m", List.of(Message.system("s")))
                        .build()
                        .withImages(List.of(PNG));

        assertThat(with.chat().orElseThrow().messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER);
    }

    @Test
    void imagesDoNotGoWithTokensAndNoImagesChangeNothing() {
        GenerationRequest tokens =
                GenerationRequest.builder("m", Prompt.ofTokens(new int[] {1})).build();

        assertThat(tokens.withImages(List.of())).isSameAs(tokens);
        assertThatThrownBy(() -> tokens.withImages(List.of(PNG)))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("not with a prompt of tokens");
    }

    @Test
    void aCopyHoldsEverything() {
        GenerationRequest request =
                GenerationRequest.prompt("m", "p")
                        .maxTokens(1)
                        .sampling(Sampling.builder().temperature(0.1).stop(List.of("x")).build())
                        .candidates(2)
                        .logprobs(3)
                        .tools(List.of(Tool.builder("t").build()))
                        .toolChoice(ToolChoice.tool("t"))
                        .parallelTools(true)
                        .responseFormat(ResponseFormat.JSON)
                        .reasoning(ReasoningOptions.builder().budgetTokens(9).build())
                        .streaming(true)
                        .verbose(true)
                        .keepAlive(Duration.ofSeconds(4))
                        .parameters(JsonObject.of("openai", JsonObject.EMPTY))
                        .caller(Caller.builder("r1").session("s").build())
                        .timeLimit(Duration.ofHours(1))
                        .build();

        assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
        assertThat(request.toBuilder().model("n").build())
                .usingRecursiveComparison()
                .ignoringFields("model")
                .isEqualTo(request);
    }

    @Test
    void theTimeThatIsLeftNeverIsNegative() {
        GenerationRequest.Builder request = GenerationRequest.prompt("m", "p");

        assertThat(request.build().remaining()).isEmpty();
        assertThat(request.timeLimit(Duration.ZERO).build().remaining()).contains(Duration.ZERO);
        assertThat(request.timeLimit(Duration.ofHours(1)).build().remaining().orElseThrow())
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void countsBelowOneAreRefused() {
        GenerationRequest.Builder request = GenerationRequest.prompt("m", "p");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.maxTokens(0).build())
                .withMessage("at least one token, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.maxTokens(null).candidates(0).build())
                .withMessage("at least one candidate, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddingRequest.builder("m", List.of()).dimensions(0).build())
                .withMessage("at least one dimension, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationResult.builder().build())
                .withMessage("a result has at least one candidate");
    }

    @Test
    void tokensCannotBeChangedFromOutside() {
        int[] tokens = {1, 2};
        Prompt prompt = Prompt.ofTokens(tokens);
        tokens[0] = 9;
        prompt.tokens().orElseThrow()[1] = 9;

        assertThat(prompt.tokens().orElseThrow()).containsExactly(1, 2);
    }

    @Test
    void aMessagesTextIsThatOfItsTextParts() {
        Message message =
                Message.of(
                        Role.USER,
                        List.of(
                                TextPart.of("a"),
                                MediaPart.of(URI.create("https://example.org/x.png")),
                                TextPart.of("b")));

        assertThat(message.text()).isEqualTo("ab");
    }

    @Test
    void withoutATokenizerFourBytesAreATokenAndTokensCountExactly() {
        assertThat(TokenEstimate.of(Prompt.of("éé é"))).isEqualTo(TokenCount.about(2));
        assertThat(TokenEstimate.of(Chat.of(Message.system("a"), Message.user("12345"))))
                .isEqualTo(TokenCount.about(3));
        assertThat(TokenEstimate.of(Prompt.ofTokens(new int[] {7, 7, 7})))
                .isEqualTo(TokenCount.exactly(3));
    }

    @Test
    void toolsAreAmongTheTokensThatAreEstimated() {
        GenerationRequest.Builder request =
                GenerationRequest.builder("m", Chat.of(Message.user("12345678")));
        assertThat(TokenEstimate.of(request.build())).isEqualTo(TokenCount.about(2));
        Tool tool = Tool.builder("abc").parameters(JsonObject.of("type", "object")).build();
        assertThat(TokenEstimate.of(request.tools(List.of(tool)).build()))
                .isEqualTo(TokenCount.about(7));
    }
}
