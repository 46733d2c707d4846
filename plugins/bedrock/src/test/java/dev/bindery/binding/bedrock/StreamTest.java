package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.fixture.Ear;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTest {
    private Provider provider;
    private final Ear ear = new Ear();

    @BeforeEach
    void begin() throws IOException {
        provider = new Provider();
    }

    @AfterEach
    void end() {
        provider.close();
    }

    private GenerationResult ask() {
        return provider.binding().generate(request(true), ear);
    }

    private static GenerationRequest request(boolean streaming) {
        return GenerationRequest.chat("amazon.nova-pro-v1:0", List.of(Message.user("Hi")))
                .streaming(streaming)
                .build();
    }

    @Test
    void textComesAsItIsSentAndAddsUpToTheAnswer() throws Exception {
        provider.streams(Frames.hello());

        GenerationResult result = ask();

        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .extracting(Operation::text)
                .containsExactly("Hel", "lo");
        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        RecordedRequest request = provider.request();
        assertThat(request.getTarget()).isEqualTo("/model/amazon.nova-pro-v1%3A0/converse-stream");
        assertThat(request.getHeaders().get("Accept")).isEqualTo(Frames.TYPE);
    }

    @Test
    void whatPassedTheCacheIsPartOfTheInput() {
        provider.streams(Frames.hello());

        Usage usage = ask().usage().orElseThrow();

        assertThat(usage.inputTokens()).hasValue(127);
        assertThat(usage.cacheReadTokens()).hasValue(100);
        assertThat(usage.cacheWriteTokens()).hasValue(20);
        assertThat(usage.outputTokens()).hasValue(42);
    }

    @Test
    void aFrameBuiltByHandIsRead() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(
                frame(
                        "contentBlockDelta",
                        "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}}"));
        stream.writeBytes(frame("messageStop", "{\"stopReason\":\"end_turn\"}"));
        provider.streams(stream.toByteArray());

        assertThat(ask().text()).isEqualTo("Hi");
    }

    /** By the description of the format: lengths, their checksum, headers, payload, a checksum. */
    private static byte[] frame(String type, String json) {
        byte[] headers =
                ("\13:event-type\7\0" + (char) type.length() + type)
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(16 + headers.length + payload.length);
        frame.putInt(frame.capacity()).putInt(headers.length);
        frame.putInt(crc(frame)).put(headers).put(payload);
        return frame.putInt(crc(frame)).array();
    }

    private static int crc(ByteBuffer soFar) {
        CRC32 crc = new CRC32();
        crc.update(soFar.duplicate().flip());
        return (int) crc.getValue();
    }

    @Test
    void thoughtsEndWithTheirSignatureAndCallsAreWhole() {
        provider.streams(spoken());

        var answer = ask().first();

        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        ReasoningPart first = (ReasoningPart) answer.parts().get(0);
        assertThat(first.text()).isEqualTo("Let me see.");
        assertThat(first.signature()).contains("c2ln+/=");
        ReasoningPart withheld = (ReasoningPart) answer.parts().get(1);
        assertThat(withheld.redacted()).isTrue();
        assertThat(withheld.providerData())
                .isEqualTo(JsonObject.of("bedrock", JsonObject.of("redactedContent", "b3BhcXVl")));
        assertThat(answer.toolCalls())
                .extracting(ToolCallPart::id, ToolCallPart::name, ToolCallPart::arguments)
                .containsExactly(
                        tuple("tooluse_1", "look", "{\"at\": 1}"),
                        tuple("tooluse_2", "wait", "{}"));
        assertThat(ear.operations(OperationType.REASONING)).hasSize(4);
    }

    private static Frames spoken() {
        return new Frames()
                .start()
                .delta(0, "{'reasoningContent':{'text':'Let me '}}")
                .delta(0, "{'reasoningContent':{'text':'see.'}}")
                .delta(0, "{'reasoningContent':{'signature':'c2ln+/='}}")
                .stop(0)
                .delta(1, "{'reasoningContent':{'redactedContent':'b3BhcXVl'}}")
                .stop(1)
                .text(2, "I look.")
                .stop(2)
                .call(3, "tooluse_1", "look")
                .delta(3, "{'toolUse':{'input':'{\\'at\\':'}}".replace("\\'", "\\\""))
                .delta(3, "{'toolUse':{'input':' 1}'}}")
                .stop(3)
                .call(4, "tooluse_2", "wait")
                .stop(4)
                .end("tool_use");
    }

    @Test
    void whatWasSaidGoesBackAsItWasSaid() throws Exception {
        provider.streams(spoken());
        GenerationResult said = ask();
        provider.request();
        provider.streams(Frames.hello());

        provider.binding()
                .generate(
                        GenerationRequest.chat(
                                        "anthropic.claude-opus-5",
                                        List.of(
                                                Message.user("Look"),
                                                Message.of(Role.ASSISTANT, said.first().parts())))
                                .streaming(true)
                                .build(),
                        ear);

        assertThat(provider.asked().path("messages").path(1).path("content").toString())
                .isEqualTo(
                        "[{'reasoningContent':{'reasoningText':{'text':'Let me see.','signature':'c2ln+/='}}},"
                                        .replace('\'', '"')
                                + "{'reasoningContent':{'redactedContent':'b3BhcXVl'}},{'text':'I look.'},"
                                        .replace('\'', '"')
                                + "{'toolUse':{'toolUseId':'tooluse_1','name':'look','input':{'at':1}}},"
                                        .replace('\'', '"')
                                + "{'toolUse':{'toolUseId':'tooluse_2','name':'wait','input':{}}}]"
                                        .replace('\'', '"'));
    }

    @Test
    void anAnswerThatIsNotStreamedSaysTheSame() throws Exception {
        provider.answers(
                200,
                "{'output':{'message':{'role':'assistant','content':["
                        + "{'reasoningContent':{'reasoningText':{'text':'Hm.','signature':'c2ln'}}},"
                        + "{'text':'Hello'},{'citationsContent':{'content':[{'text':' there'}],'citations':[]}},"
                        + "{'toolUse':{'toolUseId':'a','name':'look','input':{'at':1}}},"
                        + "{'toolUse':{'toolUseId':'b','name':'wait','input':{}}}]}},"
                        + "'stopReason':'tool_use','usage':{'inputTokens':3,'outputTokens':4}}");

        GenerationResult result = provider.binding().generate(request(false), ear);

        assertThat(result.text()).isEqualTo("Hello there").isEqualTo(ear.text());
        assertThat(result.first().reasoning()).isEqualTo("Hm.");
        assertThat(((ReasoningPart) result.first().parts().getFirst()).signature())
                .contains("c2ln");
        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::arguments)
                .containsExactly("{\"at\":1}", "{}");
        assertThat(result.usage().orElseThrow().cacheReadTokens()).isEmpty();
        assertThat(provider.request().getTarget())
                .isEqualTo("/model/amazon.nova-pro-v1%3A0/converse");
    }

    @Test
    void whatIsNotKnownIsPassedOver() {
        provider.streams(
                new Frames()
                        .start()
                        .event("weather", "{'sunny':true}")
                        .delta(0, "{'glitter':{'x':1}}")
                        .text(0, "Hello")
                        .stop(0)
                        .end("end_turn"));

        assertThat(ask().text()).isEqualTo("Hello");
    }

    @Test
    void anEmptyAnswerIsEmptyAndNoError() {
        provider.streams(new Frames().start().end("end_turn"));

        assertThat(ask().first().parts()).isEmpty();
    }

    @Test
    void halvesOfACharacterInTwoEventsBecomeOne() {
        provider.streams(
                new Frames()
                        .start()
                        .text(0, "a\\ud83d")
                        .text(0, "\\ude00b")
                        .stop(0)
                        .end("end_turn"));

        assertThat(ask().text()).isEqualTo("a😀b");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "guardrail_intervened, content_filter",
        "content_filtered, content_filter",
        "malformed_tool_use, malformed_tool_use"
    })
    void everyReasonToStopHasItsNameInTheContract(String reason, String name) {
        provider.streams(new Frames().start().text(0, "x").stop(0).end(reason));

        assertThat(ask().first().finishReason()).isEqualTo(new FinishReason(name));
    }
}
