package dev.bindery.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the mock upstream answers, rendered once. Each element is written by itself, as a server
 * does that flushes each piece.
 */
final class CannedAnswers {
    private static final int PIECES = 50;
    private static final String HEAD =
            "{\"id\":\"chatcmpl-1\",\"created\":1700000000,\"model\":\"mock\",\"object\":";

    private CannedAnswers() {}

    /** A whole chat answer. */
    static List<ByteBuffer> plain() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            text.append(piece(i));
        }
        String body =
                HEAD
                        + "\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\"%s\"},".formatted(text)
                        + "\"finish_reason\":\"stop\"}],\"usage\":"
                        + "{\"prompt_tokens\":9,\"completion_tokens\":50,\"total_tokens\":59}}";
        return whole(body);
    }

    /** A streamed chat answer of {@value #PIECES} pieces. */
    static List<ByteBuffer> stream() {
        List<ByteBuffer> answer = new ArrayList<>();
        answer.add(
                bytes(
                        """
                        HTTP/1.1 200 OK\r
                        Content-Type: text/event-stream\r
                        Transfer-Encoding: chunked\r
                        \r
                        """));
        answer.add(choice("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (int i = 0; i < PIECES; i++) {
            answer.add(choice("{\"content\":\"" + piece(i) + "\"}", "null"));
        }
        answer.add(choice("{}", "\"stop\""));
        answer.add(chunk("data: [DONE]\n\n"));
        answer.add(bytes("0\r\n\r\n"));
        return answer;
    }

    /** The list of models. */
    static List<ByteBuffer> models() {
        return whole("{\"object\":\"list\",\"data\":[{\"id\":\"mock\",\"object\":\"model\"}]}");
    }

    private static List<ByteBuffer> whole(String body) {
        return List.of(
                bytes(
                        """
                        HTTP/1.1 200 OK\r
                        Content-Type: application/json\r
                        Content-Length: %d\r
                        \r
                        %s\
                        """
                                .formatted(body.length(), body)));
    }

    private static String piece(int index) {
        return "word" + index + " ";
    }

    private static ByteBuffer choice(String delta, String finishReason) {
        return chunk(
                "data: "
                        + HEAD
                        + "\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                        + delta
                        + ",\"finish_reason\":"
                        + finishReason
                        + "}]}\n\n");
    }

    private static ByteBuffer chunk(String data) {
        return bytes("%x\r\n%s\r\n".formatted(data.length(), data));
    }

    private static ByteBuffer bytes(String ascii) {
        return ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }
}
