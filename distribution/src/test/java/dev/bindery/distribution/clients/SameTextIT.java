package dev.bindery.distribution.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.distribution.LiveHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** One conversation with the real echo gives one text through every API, whatever its script. */
class SameTextIT {
    private static final JsonMapper JSON = new JsonMapper();

    /** Goes on from whatever a stream may have sent by then, so that none has to take it back. */
    private static final String MORE = "one two 𝄞 ";

    private static final String ECHO = "echo/echo";
    private static final List<String> TEXTS =
            List.of(
                    "a😀b",
                    "e\u0301a\u0308",
                    "👩‍👧👍🏽🇩🇪",
                    "𝄞\u2028\u0000\ufeff",
                    "data: [DONE]\n\nevent: x\r\n\r");

    @TempDir static Path folder;
    private static LiveHost host;

    @BeforeAll
    static void start() throws Exception {
        host = LiveHost.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    /** What every answer of the echo does besides, until another script comes. */
    private static void script(List<Map<String, Object>> operations) throws Exception {
        byte[] change =
                JSON.writeValueAsBytes(
                        Map.of("settings", Map.of("script", Map.of("operations", operations))));
        var answer = host.ask("PATCH", "instances/echo", change);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static Map<String, Object> operation(OperationType type, String text, int after) {
        return Map.of("type", type.code(), "text", text, "after_chunks", after);
    }

    private static void assertEachSays(String asked, String expected) throws Exception {
        for (EveryApi api : EveryApi.all()) {
            assertThat(api.ask(host, ECHO, asked)).as("%s: %s", api, asked).isEqualTo(expected);
        }
    }

    @Test
    void textIsWholeWhereverItIsSplit() throws Exception {
        for (String text : TEXTS) {
            script(List.of());
            assertEachSays(text, text);
            int[] points = text.codePoints().toArray();
            for (int i = 1; i < points.length; i++) {
                script(
                        List.of(
                                operation(OperationType.ADD_CHUNK, new String(points, 0, i), 99),
                                operation(
                                        OperationType.ADD_CHUNK,
                                        new String(points, i, points.length - i),
                                        99)));
                assertEachSays(text, text + text);
            }
        }
    }

    @Test
    void everyOperationAddsToTheTextWhatTheContractSays() throws Exception {
        List<OperationType> types = new ArrayList<>(OperationType.known());
        types.add(OperationType.of(4711));
        for (OperationType type : types) {
            for (int after : new int[] {1, 3}) {
                script(
                        List.of(
                                operation(type, MORE, after),
                                operation(OperationType.NEW_LINE, "", after),
                                operation(OperationType.REPLACE_LAST, ". ", after)));
                assertEachSays("one two three", meant(type, after));
            }
        }
    }

    /** What the contract says of the three words with that operation among them. */
    private static String meant(OperationType type, int after) {
        Answer answer = new Answer(GenerationCallback.IGNORE);
        List<String> words = List.of("one ", "two ", "three");
        for (int i = 0; i < words.size(); i++) {
            answer.chunk(words.get(i));
            if (i + 1 == after) {
                Stream.of(
                                Operation.of(type, MORE),
                                Operation.of(OperationType.NEW_LINE, ""),
                                Operation.of(OperationType.REPLACE_LAST, ". "))
                        .forEach(answer::on);
            }
        }
        return answer.result(FinishReason.STOP).text();
    }
}
