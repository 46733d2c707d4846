package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Encrypted thoughts, which must come back with just the parts that they came with. */
class SignatureTest {
    private static final String PARTS =
            "{'text':'hm','thought':true},{'text':'','thought':true,'thoughtSignature':'dGhvdWdodA=='},"
                    + "{'text':'I '},{'text':'look'},{'text':' it up','thoughtSignature':'dGV4dA+/=='},"
                    + "{'functionCall':{'id':'c1','name':'f','args':{'a':1}},'thoughtSignature':'Zmlyc3Q='},"
                    + "{'functionCall':{'id':'c2','name':'g','args':{}}},"
                    + "{'executableCode':{'language':'PYTHON','code':'1'},'thoughtSignature':'b3Bh'},"
                    + "{'inlineData':{'mimeType':'image/png','data':'AQID'},'thoughtSignature':'aW1n'},"
                    + "{'text':'','thoughtSignature':'bGFzdA=='}";
    private static final String ANSWER = Provider.whole(PARTS, "STOP");

    private Provider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everySignatureGoesBackAtThePartItCameWith(boolean streaming) throws Exception {
        if (streaming) {
            provider.streams(ANSWER);
        } else {
            provider.answers(200, ANSWER);
        }
        GenerationResult first =
                provider.binding()
                        .generate(
                                Provider.chat().streaming(streaming).build(),
                                GenerationCallback.IGNORE);
        provider.asked();
        assertThat(first.text()).isEqualTo("I look it up");

        JsonNode sent = next("gemini-3-pro-preview", first);

        assertThat(sent.at("/contents/1/role").asString()).isEqualTo("model");
        assertThat(sent.at("/contents/1/parts").toString())
                .isEqualTo(
                        ("[{'text':'','thought':true,'thoughtSignature':'dGhvdWdodA=='},"
                                        + "{'text':'I look'},{'text':' it up','thoughtSignature':'dGV4dA+/=='},"
                                        + "{'functionCall':{'name':'f','args':{'a':1},'id':'c1'},'thoughtSignature':'Zmlyc3Q='},"
                                        + "{'functionCall':{'name':'g','args':{},'id':'c2'}},"
                                        + "{'executableCode':{'language':'PYTHON','code':'1'},'thoughtSignature':'b3Bh'},"
                                        + "{'inlineData':{'mimeType':'image/png','data':'AQID'},'thoughtSignature':'aW1n'},"
                                        + "{'text':'','thoughtSignature':'bGFzdA=='}]")
                                .replace('\'', '"'));
    }

    @Test
    void aSignatureInAnEventOfItsOwnStaysAPartOfItsOwn() throws Exception {
        provider.streams(
                Provider.text("Hel"),
                Provider.text("lo"),
                Provider.parts("{'thoughtSignature':'c2ln'}"),
                Provider.end("STOP"));
        GenerationResult first =
                provider.binding()
                        .generate(
                                Provider.chat().streaming(true).build(), GenerationCallback.IGNORE);
        provider.asked();

        assertThat(next(Provider.MODEL, first).at("/contents/1/parts").toString())
                .isEqualTo(
                        "[{'text':'Hello'},{'text':'','thoughtSignature':'c2ln'}]"
                                .replace('\'', '"'));
    }

    @Test
    void aLostSignatureOfTheFirstCallIsStoodInForWhereTheModelInsists() throws Exception {
        List<ToolCallPart> calls =
                List.of(ToolCallPart.of("a", "f", "{}"), ToolCallPart.of("b", "g", ""));
        Message said = Message.of(Role.ASSISTANT, calls);

        JsonNode three = ask("gemini-3-flash-preview", said).at("/contents/1/parts");
        assertThat(three.path(0).path("thoughtSignature").asString())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(three.path(1).has("thoughtSignature")).isFalse();

        JsonNode two = ask("gemini-2.5-flash", said).at("/contents/1/parts");
        assertThat(two.path(0).has("thoughtSignature")).isFalse();
    }

    @Test
    void anIdThatWasMadeUpHereIsNotSentToGoogle() throws Exception {
        provider.answers(200, Provider.whole("{'functionCall':{'name':'f'}}", "STOP"));
        GenerationResult first = provider.generate(Message.user("x"));
        provider.asked();
        String id = first.first().toolCalls().getFirst().id();

        JsonNode sent =
                ask(
                        Provider.MODEL,
                        Message.of(Role.ASSISTANT, first.first().parts()),
                        Message.of(Role.TOOL, List.of(ToolResultPart.of(id, "done"))));

        assertThat(id).isNotEmpty();
        assertThat(sent.toString()).doesNotContain(id);
        assertThat(sent.at("/contents/2/parts/0").toString())
                .isEqualTo(
                        "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"done\"}}}");
    }

    private JsonNode next(String model, GenerationResult first) throws Exception {
        return ask(model, Message.of(Role.ASSISTANT, first.first().parts()));
    }

    private JsonNode ask(String model, Message... said) throws Exception {
        List<Message> messages = new java.util.ArrayList<>(List.of(Message.user("x")));
        messages.addAll(List.of(said));
        provider.answers(200, Provider.whole("{'text':'ok'}", "STOP"));
        provider.binding()
                .generate(
                        GenerationRequest.chat(model, messages).build(), GenerationCallback.IGNORE);
        return provider.asked();
    }
}
