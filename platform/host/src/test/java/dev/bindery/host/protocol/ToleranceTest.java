package dev.bindery.host.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToleranceTest {
    private final MemoryBlobs blobs = new MemoryBlobs();

    @Test
    void fieldsThatNobodyKnowsAreSkipped() {
        Operation operation =
                OperationCodec.decode(
                        read("{\"type\":0,\"text\":\"a\",\"future\":{\"x\":[1]}}"), blobs);

        assertThat(operation).hasToString("ADD_CHUNK[0] a");
    }

    @Test
    void aPartOfAnUnknownKindArrivesAsAnOpaqueOne() {
        GenerationRequest request =
                request(
                        "{\"model\":\"m\",\"input\":{\"kind\":\"chat\",\"messages\":[{\"role\":\"user\","
                                + "\"parts\":[{\"kind\":\"smell\",\"of\":\"roses\"}]}]}}");

        OpaquePart part =
                request.chat()
                        .orElseThrow()
                        .messages()
                        .getFirst()
                        .parts(OpaquePart.class)
                        .getFirst();
        assertThat(part.kind()).isEqualTo("smell");
        assertThat(part.content().toString()).contains("roses");
    }

    @Test
    void whatARequestLeavesOutHasTheContractsDefaults() {
        GenerationRequest request =
                request(
                        "{\"model\":\"m\",\"maxTokens\":null,"
                                + "\"input\":{\"kind\":\"prompt\",\"text\":\"hi\"}}");

        assertThat(request)
                .usingRecursiveComparison()
                .isEqualTo(GenerationRequest.prompt("m", "hi").build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"model\":5}",
                "{\"model\":\"m\",\"input\":[]}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"song\"}}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"prompt\",\"tokens\":[1.5]}}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"prompt\",\"text\":\"\"},\"maxTokens\":0}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"prompt\",\"text\":\"\"},\"maxTokens\":99999999999}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"prompt\",\"text\":\"\"},\"sampling\":{\"topP\":\"x\"}}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"chat\",\"messages\":[{\"role\":\"user\",\"parts\":"
                        + "[{\"kind\":\"media\",\"blob\":{\"id\":\"c1.9\",\"mediaType\":\"a/b\",\"length\":1}}]}]}}",
                "{\"model\":\"m\",\"input\":{\"kind\":\"chat\",\"messages\":[{\"role\":\"user\",\"parts\":"
                        + "[{\"kind\":\"media\",\"uri\":\"http://[\"}]}]}}",
            })
    void aRequestThatIsNoneIsRefused(String json) {
        assertThatThrownBy(() -> request(json)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{} {", "{\"a\":1e", "\u0000"})
    void whatIsNoJsonObjectIsRefused(String text) {
        assertThatThrownBy(() -> Wire.read(text.getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> Wire.read(deep.getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud800",
                "a\udfffb",
                "\udc00\ud800",
                "\r\n\u2028\u2029\u0085",
                "\u0000\u001f\u007f",
                "😀é漢",
                "\"\\",
                "\ufeff\uffff"
            })
    void anyTextStaysOnItsLineAndComesBackTheSame(String text) {
        byte[] line = Wire.line(new WireObject().text("text", text).node());

        assertThat(Wire.read(line).text("text")).isEqualTo(text);
        assertThat(line).endsWith('\n');
        assertThat(line).asString(US_ASCII).isEqualTo(new String(line, UTF_8));
        assertThat(new String(line, UTF_8).lines()).hasSize(1);
    }

    @Test
    void aLoneSurrogateInTheNameOfAFieldIsReplaced() {
        JsonObject sent = JsonObject.of("a\ud800", "\ud800", "😀", 1);

        byte[] line = Wire.line(new WireObject().json("v", sent).node());

        assertThat(Wire.read(line).jsonObject("v"))
                .isEqualTo(JsonObject.of("a\ufffd", "\ud800", "😀", 1));
    }

    @Test
    void aValueLargerThanTheContractAllowsIsRefused() {
        String big = "{\"v\":\"" + "x".repeat(JsonValue.MAX_SIZE) + "\"}";

        assertThatThrownBy(() -> read(big).json("v")).isInstanceOf(ProtocolException.class);
    }

    private GenerationRequest request(String json) {
        return RequestCodec.decode(read(json), blobs, Cancellation.NONE);
    }

    private static WireReader read(String json) {
        return Wire.read(json.getBytes(UTF_8));
    }
}
