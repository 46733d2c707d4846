package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OperationType;
import dev.bindery.api.TokenLogprob;
import dev.bindery.fixture.Ear;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers carry beside text, in one piece. */
class WholeAnswerTest {
    private final Ear ear = new Ear();
    private Provider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void imagesAreMediaAndThoseOfThoughtsAreNot() throws Exception {
        provider.answers(
                200,
                Provider.whole(
                        "{'inlineData':{'mimeType':'image/png','data':'/w=='},'thought':true},"
                                + "{'text':'Here:'},{'inlineData':{'mimeType':'image/png','data':'AQID'}},"
                                + "{'fileData':{'fileUri':'https://h/x.png'}}",
                        "STOP"));

        GenerationResult result = generate();

        assertThat(ear.operations(OperationType.MEDIA)).hasSize(2);
        MediaPart image = (MediaPart) result.first().parts().get(1);
        assertThat(image.blob().orElseThrow().bytes()).containsExactly(1, 2, 3);
        assertThat(image.blob().orElseThrow().mediaType()).isEqualTo("image/png");
        assertThat(((MediaPart) result.first().parts().get(2)).uri()).isPresent();
        assertThat(result.text()).isEqualTo("Here:");
    }

    @Test
    void logProbabilitiesHaveTheirAlternatives() {
        provider.answers(
                200,
                "{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':'STOP','logprobsResult':"
                        + "{'chosenCandidates':[{'token':'Hi','logProbability':-0.5}],"
                        + "'topCandidates':[{'candidates':[{'token':'Hi','logProbability':-0.5},{'token':'Ho','logProbability':-1.5}]}]}}]}");

        TokenLogprob token = generate().first().logprobs().getFirst();

        assertThat(token.token()).isEqualTo("Hi");
        assertThat(token.logprob()).isEqualTo(-0.5);
        assertThat(token.alternatives())
                .extracting(TokenLogprob::token)
                .containsExactly("Hi", "Ho");
    }

    @Test
    void whatGoogleFoundIsSaidBeside() {
        provider.answers(
                200,
                "{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':'STOP',"
                        + "'groundingMetadata':{'webSearchQueries':['q']},'citationMetadata':{'citationSources':[]}}]}");

        GenerationResult result = generate();

        assertThat(result.metadata().object("groundingMetadata").array("webSearchQueries").items())
                .hasSize(1);
        assertThat(result.metadata().field("citationMetadata")).isPresent();
    }

    private GenerationResult generate() {
        return provider.binding().generate(Provider.chat().build(), ear);
    }
}
