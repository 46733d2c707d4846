package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.host.AnswerSink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many clients, and slow ones: each harms itself at the most. */
class ConnectionsTest {
    private static final int STREAMS = 1000;
    private static final int CONNECTIONS = 10_000;
    private static final long PATIENCE_SECONDS = 60;

    /** Less than what a connection holds that is never let go: buffers, a stack, its request. */
    private static final long BYTES_OF_A_CONNECTION = 8192;

    private final CountDownLatch release = new CountDownLatch(1);
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served();
        served.router.serve("fake/idle", this::idle);
        served.router.serve("fake/endless", this::endless);
    }

    @AfterEach
    void stop() {
        release.countDown();
        served.close();
    }

    private GenerationResult idle(GenerationRequest request, AnswerSink sink)
            throws InterruptedException {
        Answer answer = new Answer(sink);
        answer.chunk("begun ");
        sink.pause();
        begun.release();
        assertThat(release.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        answer.chunk("and ended");
        return answer.result(FinishReason.STOP);
    }

    private GenerationResult endless(GenerationRequest request, AnswerSink sink) {
        try {
            Operation piece = Operation.chunk("x".repeat(10_000));
            begun.release();
            while (sink.on(piece)) {
                sink.pause();
            }
            return GenerationResult.of("");
        } finally {
            ended.release();
        }
    }

    private void assertOthersAreServed() throws Exception {
        assertThat(served.chat(FakeRouter.ECHO, "hello").body()).contains("hello");
    }

    private static void await(Semaphore happened, int times) throws InterruptedException {
        assertThat(happened.tryAcquire(times, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void idleStreamsHarmNobodyAndEndWhole() throws Exception {
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                RawHttp client = served.connect();
                clients.add(client);
                client.post(
                        "/v1/chat/completions",
                        Served.chatBody("fake/idle", "x", "\"stream\":true"));
            }
            await(begun, STREAMS);
            assertOthersAreServed();
            release.countDown();
            for (RawHttp client : clients) {
                assertThat(client.answer().body())
                        .contains("begun ", "and ended")
                        .endsWith("data: [DONE]\n\n");
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatDoNotReadHoldUpThemselves() throws Exception {
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawHttp client = served.connect();
            clients.add(client);
            client.post(
                    "/v1/chat/completions",
                    Served.chatBody("fake/endless", "x", "\"stream\":true"));
        }
        await(begun, clients.size());
        for (int i = 0; i < 20; i++) {
            assertOthersAreServed();
        }
        assertThat(ended.availablePermits()).isZero();
        for (RawHttp client : clients) {
            client.reset();
        }
        await(ended, clients.size());
    }

    /** Nothing said, half a head, half a body, a whole request: and gone, in three ways. */
    @Test
    void connectionsThatComeAndGoLeaveNothing() throws Exception {
        comeAndGo(CONNECTIONS / 10);
        long before = heap();
        comeAndGo(CONNECTIONS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long left = heap() - before;
        while (left > CONNECTIONS * BYTES_OF_A_CONNECTION && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            left = heap() - before;
        }
        assertThat(left).isLessThanOrEqualTo(CONNECTIONS * BYTES_OF_A_CONNECTION);
        assertOthersAreServed();
    }

    private static long heap() {
        System.gc();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return heap.getUsed();
    }

    private void comeAndGo(int connections) throws IOException {
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n";
        List<String> beginnings =
                List.of("", head, head + "Content-Length: 100\r\n\r\n{", head + "\r\n");
        for (int i = 0; i < connections; i++) {
            try (RawHttp client = served.connect()) {
                client.send(beginnings.get(i % beginnings.size()));
                if (i % 3 == 0) {
                    client.reset();
                }
            }
        }
    }
}
