package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Answer;
import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.host.AnswerSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One conversation through every API gives one text, whatever the binding's operations are. */
class SameTextTest {
    private static final String MODEL = "fake/says";
    private static final List<String> TEXTS =
            List.of(
                    "a😀b",
                    "e\u0301a\u0308\u0323",
                    "👩‍👩‍👧‍👦👍🏽🇩🇪",
                    "𝄞\u2028\u2029\u0000\u007f\u0085\ufeff",
                    "data: [DONE]\n\nevent: x\r\ndata: {\"error\":1}\r\r\n",
                    "\\u0000\\\"</script>\t日本語 \ud83d\udc4d");

    private static volatile List<Operation> operations = List.of();
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        Capability[] all = {Capability.CHAT, Capability.COMPLETION, Capability.CORRECTIONS};
        served.router.serve(MODEL, (_, sink) -> says(sink), all);
        served.router.serve("fake/plain", (_, sink) -> says(sink), all[0], all[1]);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static GenerationResult says(AnswerSink sink) {
        Answer answer = new Answer(sink);
        operations.forEach(answer::on);
        return answer.result(FinishReason.STOP);
    }

    /** What the contract says that the operations add up to. */
    private static String meant() {
        Answer answer = new Answer(GenerationCallback.IGNORE);
        operations.forEach(answer::on);
        return answer.result(FinishReason.STOP).text();
    }

    static List<ApiForm> forms() {
        return ApiForm.all();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void textIsWholeWhereverItIsSplit(ApiForm form) throws Exception {
        try (RawHttp http = served.connect()) {
            for (String text : TEXTS) {
                for (int i = 0; i <= text.length(); i++) {
                    say(http, form, text.substring(0, i), text.substring(i));
                }
                say(http, form, text.split(""));
                assertThat(form.ask(http, FakeRouter.ECHO, text)).as(text).isEqualTo(text);
            }
        }
    }

    private static void say(RawHttp http, ApiForm form, String... pieces) throws IOException {
        for (String model : List.of(MODEL, "fake/plain")) {
            operations = Stream.of(pieces).map(Operation::chunk).toList();
            assertThat(form.ask(http, model, "x"))
                    .as("%s %s", model, List.of(pieces))
                    .isEqualTo(String.join("", pieces));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyOperationAddsToTheTextWhatTheContractSays(ApiForm form) throws Exception {
        List<OperationType> types = new ArrayList<>(OperationType.known());
        types.add(OperationType.of(4711));
        try (RawHttp http = served.connect()) {
            for (OperationType type : types) {
                Operation operation = Operation.of(type, "one 😀 ");
                for (List<Operation> all :
                        List.of(
                                List.of(operation, Operation.chunk("two")),
                                List.of(Operation.chunk("one "), operation),
                                List.of(
                                        Operation.chunk("one "),
                                        operation,
                                        operation,
                                        Operation.chunk("two ")),
                                List.of(
                                        Operation.chunk("one "),
                                        Operation.of(OperationType.NEW_LINE, ""),
                                        Operation.of(OperationType.REPLACE_LAST, "𝄞"),
                                        Operation.of(OperationType.REPLACE_LAST, "."),
                                        Operation.of(OperationType.STEP, "."),
                                        Operation.of(OperationType.NEW_LINE, "\n")))) {
                    operations = all;
                    assertThat(form.ask(http, MODEL, "x")).as("%s", types(all)).isEqualTo(meant());
                }
            }
        }
    }

    private static List<String> types(List<Operation> all) {
        return all.stream().map(each -> each.type().name()).toList();
    }

    static List<ApiForm> deltas() {
        return ApiForm.ofDeltas();
    }

    @ParameterizedTest
    @MethodSource("deltas")
    void whatContradictsWhatWasSentIsAFailureAndNoWrongText(ApiForm form) {
        operations =
                List.of(
                        Operation.chunk("one "),
                        Operation.chunk("two "),
                        Operation.of(OperationType.SET_CONTENT, "else"));
        assertThatThrownBy(() -> form.ask(served.server().address(), MODEL, "x"))
                .isInstanceOfAny(IllegalStateException.class, IOException.class);
    }
}
