package dev.bindery.server;

import static dev.bindery.server.Served.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.host.AnswerSink;
import dev.bindery.server.options.ServerOptions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisconnectTest {
    private static final String CHAT = "/v1/chat/completions";
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = served(options -> options.grace(Duration.ofMillis(300)));
        served.router.serve("fake/waits", (request, _) -> waits(request));
        served.router.serve("fake/streams", this::streams);
    }

    /** Starts one whose clients speak as those of this test do. */
    Served served(UnaryOperator<ServerOptions.Builder> options) throws Exception {
        return new Served(options);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private GenerationResult streams(GenerationRequest request, AnswerSink sink) throws Exception {
        sink.on(Operation.chunk("a"));
        sink.pause();
        return waits(request);
    }

    final GenerationResult waits(GenerationRequest request) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration _ = request.cancellation().onCancel(cancelled::countDown)) {
            events.add("waiting");
            events.add(cancelled.await(10, TimeUnit.SECONDS) ? "cancelled" : "forgotten");
            throw BindingException.cancelled();
        }
    }

    final void happens(String event) throws Exception {
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
    }

    @Test
    void aClientThatClosesBeforeTheFirstPieceCancelsTheCall() throws Exception {
        for (String stream : new String[] {"true", "false"}) {
            RawHttp http = served.connect();
            http.post(CHAT, chatBody("fake/waits", "x", "\"stream\":" + stream));
            happens("waiting");
            http.close();
            happens("cancelled");
        }
    }

    @Test
    void aClientThatResetsBeforeTheFirstPieceCancelsTheCall() throws Exception {
        RawHttp http = served.connect();
        http.post(CHAT, chatBody("fake/waits", "x"));
        happens("waiting");
        http.reset();
        happens("cancelled");
    }

    @Test
    void aClientThatClosesBetweenTwoPiecesCancelsTheCall() throws Exception {
        RawHttp http = served.connect();
        http.post(CHAT, chatBody("fake/streams", "x", "\"stream\":true"));
        http.begin();
        assertThat(http.chunk()).contains("\"content\":\"a\"");
        happens("waiting");
        http.close();
        happens("cancelled");
    }

    @Test
    void aWriterLearnsThatItsClientIsGone() throws Exception {
        served.router.serve(
                "fake/floods",
                (_, sink) -> {
                    String piece = "x".repeat(10_000);
                    events.add("writing");
                    boolean wanted = true;
                    for (int i = 0; wanted && i < 100_000; i++) {
                        wanted = sink.on(Operation.chunk(piece));
                    }
                    events.add(wanted ? "endless" : "stopped");
                    throw BindingException.cancelled();
                });
        RawHttp http = served.connect();
        http.post(CHAT, chatBody("fake/floods", "x", "\"stream\":true"));
        happens("writing");
        http.begin();
        http.reset();
        happens("stopped");
    }

    @Test
    void aServerThatStopsLetsAnAnswerEnd() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Served patient = served(options -> options)) {
            patient.router.serve("fake/ends", endsAfter(goOn));
            RawHttp http = patient.connect();
            http.post(CHAT, chatBody("fake/ends", "x", "\"stream\":true"));
            http.begin();
            assertThat(http.chunk()).contains("begun");
            Thread closing = Thread.ofVirtual().start(patient::close);
            goOn.countDown();
            assertThat(http.chunk()).contains("and ended");
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
            http.close();
        }
    }

    private static FakeRouter.Behaviour endsAfter(CountDownLatch goOn) {
        return (_, sink) -> {
            sink.on(Operation.chunk("begun "));
            sink.pause();
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            sink.on(Operation.chunk("and ended"));
            return GenerationResult.of("begun and ended");
        };
    }

    @Test
    void aServerThatStopsCancelsAfterItsGraceWhatDoesNotEnd() throws Exception {
        RawHttp streaming = served.connect();
        streaming.post(CHAT, chatBody("fake/streams", "x", "\"stream\":true"));
        streaming.begin();
        streaming.chunk();
        happens("waiting");
        RawHttp whole = served.connect();
        whole.post(CHAT, chatBody("fake/waits", "x"));
        happens("waiting");
        served.close();
        happens("cancelled");
        happens("cancelled");
        assertThat(streaming.chunk()).contains("the server is stopping");
        RawHttp.Answer answer = whole.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        streaming.close();
        whole.close();
    }
}
