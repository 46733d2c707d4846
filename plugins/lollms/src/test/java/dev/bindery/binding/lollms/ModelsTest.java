package dev.bindery.binding.lollms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Blob;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelsTest {
    private Lollms lollms;

    @BeforeEach
    void start() throws IOException {
        lollms = Lollms.withDefaults();
    }

    @AfterEach
    void stop() {
        lollms.close();
    }

    @Test
    void theModelsThatCanBeUsedAreListedWithWhatIsKnownOfThem() {
        lollms.answers(200, "['echo/echo','other']");
        lollms.answers(
                200,
                "[{'name':'echo/echo','description':'says it again','license':'MIT','size':12,'installed':true},{'name':'far','variants':[]}]");

        List<ModelInfo> models = lollms.binding().availableModels();

        assertThat(models).extracting(ModelInfo::name).containsExactly("echo/echo", "other");
        assertThat(models.getFirst().description()).contains("says it again");
        assertThat(models.getFirst().license()).contains("MIT");
        assertThat(models.getFirst().sizeBytes()).hasValue(12);
    }

    @Test
    void namesSurviveWhenNothingElseIsTold() {
        lollms.answers(200, "['a']");
        lollms.answers(500, "{'error':'no zoo'}");

        assertThat(lollms.binding().availableModels())
                .extracting(ModelInfo::name)
                .containsExactly("a");
    }

    @Test
    void anAddressWhereNoLollmsIsSaysSo() {
        lollms.answers(200, "{'object':'list'}");
        lollms.answers(200, "{'status':false,'error':'no binding'}");

        assertThat(Lollms.failure(() -> lollms.binding().listModels()))
                .hasMessageContaining("base_url");
        assertThat(Lollms.failure(() -> lollms.binding().listModels()))
                .hasMessageContaining("no binding");
    }

    @Test
    void textsBecomeTokensAndBack() throws Exception {
        lollms.answers(200, "[1,22,333]");
        lollms.answers(200, "{'status':true,'raw_tokens':[4],'named_tokens':[['a',4]]}");
        lollms.answers(200, "'Hi'");

        assertThat(lollms.binding().tokenize("m", "Hi")).containsExactly(1, 22, 333);
        assertThat(lollms.binding().tokenize("m", "a")).containsExactly(4);
        assertThat(lollms.binding().detokenize("m", new int[] {5, 6})).isEqualTo("Hi");

        JsonNode asked = lollms.asked();
        assertThat(asked.path("prompt").stringValue()).isEqualTo("Hi");
        assertThat(asked.path("model_name").stringValue()).isEqualTo("m");
        lollms.asked();
        assertThat(lollms.asked().path("tokens").toString()).isEqualTo("[5,6]");
    }

    @Test
    void tokensThatAreNoneAreAnError() {
        lollms.answers(200, "['a']");
        lollms.answers(200, "{'status':false,'error':'no model'}");
        lollms.answers(200, "[['a',1]]");

        assertThat(Lollms.failure(() -> lollms.binding().tokenize("m", "x")).code())
                .isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(Lollms.failure(() -> lollms.binding().tokenize("m", "x")))
                .hasMessageContaining("no model");
        assertThat(Lollms.failure(() -> lollms.binding().detokenize("m", new int[] {1})).code())
                .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void tokensAreCountedInThePromptThatWouldBeSent() throws Exception {
        lollms.answers(200, "[1,2,3]");

        TokenCount count = lollms.binding().countTokens(Lollms.chat("hi").build());
        TokenCount withImage =
                lollms.binding()
                        .countTokens(
                                Lollms.chat("hi")
                                        .build()
                                        .withImages(List.of(Blob.of("image/png", new byte[] {1}))));

        assertThat(count).isEqualTo(TokenCount.exactly(3));
        assertThat(withImage.exact()).isFalse();
        assertThat(lollms.asked().path("prompt").stringValue())
                .isEqualTo("!@>user: hi\n!@>assistant: ");
    }

    @Test
    void textsBecomeVectorsOneAfterTheOther() throws Exception {
        lollms.answers(200, "{'vector':[0.5,-1]}");
        lollms.answers(200, "{'vector':[0,0.25]}");

        List<float[]> vectors =
                lollms.binding().embed(EmbeddingRequest.of("m", List.of("a", "b"))).vectors();

        assertThat(vectors).containsExactly(new float[] {0.5f, -1}, new float[] {0, 0.25f});
        assertThat(lollms.asked().path("text").stringValue()).isEqualTo("a");
        assertThat(lollms.asked().path("text").stringValue()).isEqualTo("b");
    }

    @Test
    void whatVectorsCannotBeIsRefused() {
        lollms.answers(200, "{'status':false,'error':'no vectorizer'}");
        lollms.answers(200, "{}");
        EmbeddingRequest plain = EmbeddingRequest.of("m", List.of("a"));
        EmbeddingRequest tokens =
                EmbeddingRequest.builder("m", List.of(EmbeddingInput.ofTokens(new int[] {1})))
                        .build();

        assertThat(embedFailure(plain)).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(embedFailure(plain)).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(embedFailure(plain.toBuilder().dimensions(8).build()))
                .isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(embedFailure(tokens)).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    private ErrorCode embedFailure(EmbeddingRequest request) {
        return Lollms.failure(() -> lollms.binding().embed(request)).code();
    }

    @Test
    void aPromptWithoutAModelListedIsAskedForAllTheSame() throws Exception {
        lollms.says("x");

        lollms.binding()
                .generate(GenerationRequest.prompt("hugging_face::zephyr", "a").build(), _ -> true);

        assertThat(lollms.asked().path("model_name").stringValue())
                .isEqualTo("hugging_face::zephyr");
    }
}
