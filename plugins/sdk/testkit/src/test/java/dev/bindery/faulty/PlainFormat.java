package dev.bindery.faulty;

import dev.bindery.api.ErrorCode;
import dev.bindery.testkit.upstream.EventStream;
import dev.bindery.testkit.upstream.HttpAnswer;
import dev.bindery.testkit.upstream.HttpAsked;
import dev.bindery.testkit.upstream.Script;
import dev.bindery.testkit.upstream.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider that speaks in lines: {@code T} a piece of text, {@code R} a thought, {@code C} a tool
 * call, {@code F} a failure, {@code E} the end with its reason and the token counts.
 */
public final class PlainFormat implements WireFormat {
    private static final String TYPE = "text/plain; charset=utf-8";

    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        return Optional.empty();
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return request.path().equals("/stream");
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        List<String> lines = new ArrayList<>(opening(script));
        lines.add("T " + escaped(script.text()));
        lines.addAll(closing(script));
        return HttpAnswer.of(200, TYPE, bytes(String.join("\n", lines) + "\n"));
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        return stream(script, "\n");
    }

    private static EventStream stream(Script script, String lineEnd) {
        EventStream events = EventStream.raw(TYPE);
        opening(script).forEach(line -> events.opening(bytes(line + lineEnd)));
        script.pieces().forEach(piece -> events.piece(bytes("T " + escaped(piece) + lineEnd)));
        closing(script).forEach(line -> events.closing(bytes(line + lineEnd)));
        return events;
    }

    private static List<String> opening(Script script) {
        return script.reasoning().isEmpty() ? List.of() : List.of("R " + script.reasoning());
    }

    private static List<String> closing(Script script) {
        List<String> lines = new ArrayList<>();
        script.toolCalls()
                .forEach(call ->
                        lines.add(
                                "C %s %s %s".formatted(call.id(), call.name(), call.arguments())));
        lines.add(
                "E %s %d %d"
                        .formatted(
                                script.finishReason(),
                                script.usage().inputTokens().orElseThrow(),
                                script.usage().outputTokens().orElseThrow()));
        return lines;
    }

    private static String escaped(String text) {
        return text.replace("\n", "\\n").replace("\r", "\\r");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return Optional.of(HttpAnswer.of(400, TYPE, bytes(code.name() + " " + message)));
    }

    @Override
    public Optional<byte[]> failure(String message) {
        return Optional.of(bytes("F " + message + "\nE stop 7 1\n"));
    }

    @Override
    public List<byte[]> noise() {
        return List.of(bytes("\n"), bytes("# still there\n"), bytes("Z of a later version\n"));
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        return Map.of("lines end with CR and LF", stream(script, "\r\n"));
    }
}
