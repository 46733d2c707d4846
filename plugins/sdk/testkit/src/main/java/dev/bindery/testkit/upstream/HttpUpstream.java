package dev.bindery.testkit.upstream;

import dev.bindery.testkit.upstream.Script.Course;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider behind HTTP on loopback, which plays scripts in the words of a {@link WireFormat}.
 * Until it is told otherwise it says hello. Thread-safe.
 */
public final class HttpUpstream implements MockUpstream {
    private static final HttpAsked NOTHING =
            new HttpAsked("POST", "/", Map.of("content-type", "application/json"), "{}");

    private final WireFormat format;
    private final LoopbackServer server;
    private final List<HttpAsked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger departed = new AtomicInteger();
    private volatile Play play = new Play(Script.says("Hello", " there"), null);

    /** Listens from now on, on a free port. */
    public HttpUpstream(WireFormat format) {
        this.format = format;
        try {
            server = new LoopbackServer(this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback", e);
        }
    }

    /** Its address: {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** The requests for an answer so far. */
    public List<HttpAsked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void plays(Script script) {
        play = new Play(script, null);
    }

    /** The names of the odd streams that its format knows. */
    public Set<String> oddities() {
        return format.oddities(NOTHING, Script.USUAL).keySet();
    }

    /** From now on answers with that script as the odd stream of that name. */
    public void playsOddly(String oddity, Script script) {
        play = new Play(script, oddity);
    }

    @Override
    public boolean canPlay(Script script) {
        return switch (script.course()) {
            case REFUSE -> format.refusal(script.error(), script.errorMessage()).isPresent();
            case FAIL -> format.failure(script.errorMessage()).isPresent();
            default -> true;
        };
    }

    @Override
    public void release() {
        play.released = true;
    }

    @Override
    public OptionalInt departed() {
        return OptionalInt.of(departed.get());
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(HttpAsked request, LoopbackServer.Wire wire) throws IOException {
        Play now = play;
        var aside = format.aside(request);
        if (aside.isPresent()) {
            wire.send(aside.get());
            return;
        }
        asked.add(request);
        switch (now.script.course()) {
            case REFUSE -> wire.send(refusal(now.script));
            case HTML -> wire.send(page());
            case GARBAGE -> wire.send(HttpAnswer.json("{\"this\": is no"));
            case HANG_UP -> wire.hangUp();
            default -> speak(request, now, wire);
        }
    }

    private HttpAnswer refusal(Script script) {
        HttpAnswer refusal = format.refusal(script.error(), script.errorMessage()).orElseThrow();
        return script.retryAfter()
                .map(value -> refusal.withHeader("Retry-After", value))
                .orElse(refusal);
    }

    private static HttpAnswer page() {
        String page =
                "<html><head><title>500</title></head><body>Internal Server Error</body></html>";
        return HttpAnswer.of(500, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    private void speak(HttpAsked request, Play now, LoopbackServer.Wire wire) throws IOException {
        if (format.wantsStream(request)) {
            stream(request, now, wire);
        } else {
            whole(request, now, wire);
        }
    }

    private void whole(HttpAsked request, Play now, LoopbackServer.Wire wire) throws IOException {
        Script script = now.script;
        if (script.course() == Course.HOLD && !held(now, wire)) {
            return;
        }
        switch (script.course()) {
            case CUT -> wire.sendHalf(format.whole(request, script));
            case FAIL -> wire.send(page());
            default -> wire.send(format.whole(request, script));
        }
    }

    private boolean held(Play now, LoopbackServer.Wire wire) throws IOException {
        if (wire.staysWhile(() -> !now.released)) {
            return true;
        }
        departed.incrementAndGet();
        return false;
    }

    private void stream(HttpAsked request, Play now, LoopbackServer.Wire wire) throws IOException {
        Script script = now.script;
        EventStream events = events(request, now);
        if (script.course() == Course.HOLD && script.at() == 0 && !held(now, wire)) {
            return;
        }
        wire.begin(events.contentType(), script.isInSingleBytes());
        all(events.opening(), script, wire);
        for (int i = 0; i < events.pieces().size(); i++) {
            if (i == script.at() && !turn(now, events.pieces().get(i), wire)) {
                return;
            }
            wire.event(events.pieces().get(i));
            noise(script, wire);
        }
        if (script.at() >= events.pieces().size()
                && !turn(now, events.closing().getFirst(), wire)) {
            return;
        }
        all(events.closing(), script, wire);
        wire.end();
    }

    private EventStream events(HttpAsked request, Play now) {
        EventStream usual = format.stream(request, now.script);
        return now.oddity == null
                ? usual
                : format.oddities(request, now.script).getOrDefault(now.oddity, usual);
    }

    private void all(List<byte[]> events, Script script, LoopbackServer.Wire wire)
            throws IOException {
        for (byte[] event : events) {
            wire.event(event);
        }
        noise(script, wire);
    }

    private void noise(Script script, LoopbackServer.Wire wire) throws IOException {
        if (script.isNoisy()) {
            for (byte[] event : format.noise()) {
                wire.event(event);
            }
        }
    }

    /** Where the script takes its turn; false when nothing more is to be said. */
    private boolean turn(Play now, byte[] next, LoopbackServer.Wire wire) throws IOException {
        return switch (now.script.course()) {
            case HOLD -> now.script.at() == 0 || held(now, wire);
            case CUT -> {
                wire.event(java.util.Arrays.copyOf(next, next.length / 2));
                wire.hangUp();
                yield false;
            }
            case FAIL -> {
                wire.event(format.failure(now.script.errorMessage()).orElseThrow());
                wire.end();
                yield false;
            }
            default -> true;
        };
    }

    private static final class Play {
        private final Script script;
        private final @org.jspecify.annotations.Nullable String oddity;
        private volatile boolean released;

        Play(Script script, @org.jspecify.annotations.Nullable String oddity) {
            this.script = script;
            this.oddity = oddity;
        }
    }
}
