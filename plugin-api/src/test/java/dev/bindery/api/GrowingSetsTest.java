package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sets that will grow take values that this version does not know. */
class GrowingSetsTest {
    @Test
    void operationsHaveTheCodesOfTheGuideAndOursFollow() {
        assertThat(OperationType.known()).hasSize(25);
        assertThat(OperationType.known())
                .extracting(OperationType::code)
                .containsExactlyElementsOf(IntStream.range(0, 25).boxed().toList());
        assertThat(OperationType.of(0)).isEqualTo(OperationType.ADD_CHUNK).hasToString("ADD_CHUNK");
        assertThat(OperationType.of(17)).isEqualTo(OperationType.FINISHED_MESSAGE);
    }

    @Test
    void anUnknownOperationHasItsCode() {
        assertThat(OperationType.of(99)).isEqualTo(new OperationType(99, "OPERATION_99"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperationType.of(-1))
                .withMessage("an operation's code is not negative: -1");
    }

    @Test
    void everyErrorIsFoundByItsName() {
        assertThat(ErrorCode.known())
                .hasSize(14)
                .allSatisfy(code -> assertThat(ErrorCode.of(code.name())).isSameAs(code));
    }

    @Test
    void anUnknownErrorIsADefectThatIsNotTriedAgain() {
        assertThat(ErrorCode.of("TEAPOT")).isEqualTo(new ErrorCode("TEAPOT", 500, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorCode("OK", 200, false))
                .withMessage("an error's status is 400 to 599: 200");
    }

    @Test
    void valuesAreEqualByTheirName() {
        assertThat(new Capability("chat")).isEqualTo(Capability.CHAT);
        assertThat(new Capability("telepathy")).hasToString("telepathy");
        assertThat(new FinishReason("stop")).isEqualTo(FinishReason.STOP);
        assertThat(new Role("user")).isEqualTo(Role.USER);
        assertThat(new EmbeddingPurpose("query")).isEqualTo(EmbeddingPurpose.QUERY);
        assertThat(new ReasoningEffort("low")).isEqualTo(ReasoningEffort.LOW);
    }

    @Test
    void namesInYamlAreFoundAndOthersAreNot() {
        assertThat(BindingType.ofYamlName("text_image")).contains(BindingType.TEXT_IMAGE);
        assertThat(Isolation.ofYamlName("process")).contains(Isolation.PROCESS);
        assertThat(Threads.ofYamlName("virtual")).contains(Threads.VIRTUAL);
        assertThat(Swap.ofYamlName("exclusive")).contains(Swap.EXCLUSIVE);
        assertThat(ModelPolicy.ofYamlName("closed")).contains(ModelPolicy.CLOSED);
        assertThat(ModelPolicy.ofYamlName("CLOSED")).isEmpty();
    }
}
