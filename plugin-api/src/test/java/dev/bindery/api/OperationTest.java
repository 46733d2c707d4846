package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationTest {
    private static final ToolCallDelta CALL = ToolCallDelta.of(0, "id", "find", "{}");
    private static final MediaPart IMAGE = MediaPart.of(Blob.of("image/png", new byte[2]));
    private static final List<TokenLogprob> LOGPROBS =
            List.of(TokenLogprob.builder("a", -1).build());

    @Test
    void eachPayloadComesWithItsType() {
        assertThat(Operation.toolCall(CALL).type()).isEqualTo(OperationType.TOOL_CALL);
        assertThat(Operation.toolCall(CALL).toolCall()).contains(CALL);
        assertThat(Operation.media(IMAGE).media()).contains(IMAGE);
        assertThat(Operation.usage(Usage.of(1, 2)).usage().orElseThrow().inputTokens()).hasValue(1);
        assertThat(Operation.logprobs(LOGPROBS).logprobs()).isEqualTo(LOGPROBS);
        assertThat(Operation.reasoning("hm").text()).isEqualTo("hm");
        assertThat(Operation.reasoning("hm").reasoning().orElseThrow().text()).isEqualTo("hm");
    }

    @Test
    void aPayloadIsThereForItsTypeOnly() {
        Operation chunk = Operation.chunk("a");

        assertThat(chunk.toolCall()).isEmpty();
        assertThat(chunk.reasoning()).isEmpty();
        assertThat(chunk.media()).isEmpty();
        assertThat(chunk.usage()).isEmpty();
        assertThat(chunk.logprobs()).isEmpty();
        assertThat(chunk.metadata().isEmpty()).isTrue();
    }

    @Test
    void metadataAndCandidateLeaveTheRest() {
        Operation operation =
                Operation.toolCall(CALL).withMetadata(JsonObject.of("a", 1)).withCandidate(3);

        assertThat(operation.toolCall()).contains(CALL);
        assertThat(operation.metadata().whole("a")).hasValue(1);
        assertThat(operation.candidate()).isEqualTo(3);
        assertThat(operation).hasToString("TOOL_CALL[3] ");
    }

    @Test
    void theCallbacksShortFormsMakeTheOperations() {
        List<Operation> heard = new ArrayList<>();
        GenerationCallback callback = heard::add;

        callback.chunk("a");
        callback.chunk("b", JsonObject.of("progress", 0.5));
        callback.operation(OperationType.STEP, "c");

        assertThat(heard)
                .extracting(Operation::toString)
                .containsExactly("ADD_CHUNK[0] a", "ADD_CHUNK[0] b", "STEP[0] c");
        assertThat(heard.get(1).metadata().number("progress")).hasValue(0.5);
        assertThat(GenerationCallback.IGNORE.chunk("x")).isTrue();
    }
}
