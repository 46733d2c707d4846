package dev.bindery.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each case is repeated. That the handler is told soon is what the benchmark measures; here it must
 * be told at all, well before a write would fail or a time limit end the wait.
 */
class ConnectionWatchTest {
    private static final int TRIES = 4;

    private WatchedServer server;

    @BeforeEach
    void start() throws Exception {
        server = WatchedServer.plain();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @FunctionalInterface
    interface Departure {
        /** Brings a handler to wait and its client to the point of leaving. */
        Leaving prepare(RawClient client) throws Exception;
    }

    @FunctionalInterface
    interface Leaving {
        void leave() throws Exception;
    }

    @FunctionalInterface
    interface Connecting {
        RawClient connect() throws IOException;
    }

    private void noticed(Departure departure) throws Exception {
        noticed(server, () -> RawClient.plain(server.port()), departure);
    }

    private static void noticed(WatchedServer server, Connecting connecting, Departure departure)
            throws Exception {
        for (int i = 0; i < TRIES; i++) {
            try (RawClient client = connecting.connect()) {
                departure.prepare(client).leave();
                WatchedServer.Gone gone = server.awaitGone();
                while (gone.query().equals("stays")) {
                    gone = server.awaitGone();
                }
            }
        }
    }

    @Test
    void a_silent_handler_learns_that_its_client_closed() throws Exception {
        noticed(client -> {
            client.get("/silent");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void a_silent_handler_learns_that_its_client_reset_the_connection() throws Exception {
        noticed(client -> {
            client.get("/silent");
            server.awaitHandler();
            return client::reset;
        });
    }

    @Test
    void a_client_that_ends_its_output_counts_as_gone() throws Exception {
        noticed(client -> {
            client.get("/silent");
            server.awaitHandler();
            return client::shutdownOutput;
        });
    }

    @Test
    void a_client_that_ended_its_output_with_the_request_is_gone_from_the_start() throws Exception {
        noticed(client -> {
            client.get("/silent");
            return client::shutdownOutput;
        });
    }

    @Test
    void a_half_closed_client_still_gets_what_the_handler_writes() throws Exception {
        try (RawClient client = RawClient.plain(server.port())) {
            client.get("/silent").shutdownOutput();
            assertThat(client.readUntil("read 0")).contains("200 OK");
        }
    }

    @Test
    void a_half_closed_client_is_served_by_a_handler_that_does_not_watch() throws Exception {
        try (RawClient client = RawClient.plain(server.port())) {
            client.get("/unwatched").shutdownOutput();
            assertThat(client.readUntil("answered")).contains("200 OK");
        }
    }

    @Test
    void a_stream_that_idles_between_tokens_learns_that_its_client_closed() throws Exception {
        noticed(client -> {
            client.get("/stream").readUntil("first\n\n");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void a_connection_that_is_not_kept_alive_is_watched() throws Exception {
        noticed(client -> {
            client.get("/silent", "Connection: close");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void a_client_that_leaves_after_a_large_upload_is_noticed() throws Exception {
        byte[] body = new byte[4 << 20];
        noticed(client -> {
            client.post("/silent", body.length).send(body);
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void a_client_that_was_told_to_continue_is_noticed() throws Exception {
        noticed(client -> {
            client.post("/silent", 5, "Expect: 100-continue");
            client.readUntil("100 Continue\r\n\r\n");
            client.send("12345");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void a_client_that_leaves_with_a_pipelined_request_is_noticed() throws Exception {
        noticed(client -> {
            client.get("/silent").get("/unwatched");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void the_tenth_request_of_a_connection_is_watched() throws Exception {
        noticed(client -> {
            for (int i = 0; i < 9; i++) {
                client.get("/quick?" + i).readUntil("\r\n\r\nquick");
            }
            client.get("/silent");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void pipelined_requests_are_neither_lost_nor_taken_for_a_departure() throws Exception {
        try (RawClient client = RawClient.plain(server.port())) {
            client.get("/silent?1").get("/silent?2").get("/stream?3").get("/unwatched");
            for (String query : List.of("1", "2", "3")) {
                WatchedServer.Waiting handler = server.awaitHandler();
                assertThat(handler.query()).isEqualTo(query);
                handler.release();
            }
            String answers = client.readUntil("answered");
            assertThat(answers.split("200 OK", -1)).hasSize(5);
            assertThat(answers).contains("first", "last");
            assertThat(server.anyoneGone()).isFalse();
        }
    }

    @Test
    void bytes_that_trickle_in_ahead_arrive_in_order() throws Exception {
        try (RawClient client = RawClient.plain(server.port())) {
            client.get("/silent?first");
            WatchedServer.Waiting first = server.awaitHandler();
            for (char c : "GET /silent?second HTTP/1.1\r\nHost: localhost\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            first.release();
            client.readUntil("read 0");
            client.send("\r\n");
            WatchedServer.Waiting second = server.awaitHandler();
            assertThat(second.query()).isEqualTo("second");
            second.release();
            client.readUntil("read 0");
            assertThat(server.anyoneGone()).isFalse();
        }
    }

    @Test
    void a_flood_of_pipelined_bytes_is_made_to_wait_and_then_served() throws Exception {
        byte[] chunk =
                "GET /unwatched HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .repeat(500)
                        .getBytes(StandardCharsets.US_ASCII);
        try (RawClient client = RawClient.plain(server.port())) {
            client.get("/silent");
            WatchedServer.Waiting handler = server.awaitHandler();
            int limit = 64 << 20;
            assertThat(client.writableUntilBlocked(chunk, limit)).isLessThan(limit / 2);
            assertThat(server.anyoneGone()).isFalse();
            handler.release();
            assertThat(client.readUntil("read 0")).contains("200 OK");
            assertThat(client.readUntil("answered")).contains("200 OK");
        }
    }

    @Test
    void an_action_is_not_run_after_its_request() throws Exception {
        try (RawClient client = RawClient.plain(server.port())) {
            client.get("/quick?old").readUntil("\r\n\r\nquick");
            client.get("/silent?new");
            server.awaitHandler();
        }
        assertThat(server.awaitGone().query()).isEqualTo("new");
        assertThat(server.anyoneGone()).isFalse();
    }

    @Test
    void an_idle_connection_keeps_at_most_one_thread_and_a_closed_one_none() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawClient client = RawClient.plain(server.port());
            clients.add(client);
            for (int request = 0; request < 20; request++) {
                client.get("/quick").readUntil("\r\n\r\nquick");
            }
        }
        assertThat(Threads.named("connection-watch")).isBetween(1L, 50L);
        for (RawClient client : clients) {
            client.close();
        }
        Threads.awaitNone("connection-watch");
    }

    @Test
    void a_client_that_does_not_read_and_leaves_is_noticed() throws Exception {
        noticed(client -> {
            client.get("/flood");
            server.awaitHandler();
            return client::close;
        });
    }

    @Test
    void the_jdk_client_which_asks_for_an_upgrade_is_served_over_http_1() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/quick");
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("quick");
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void many_connections_that_pipeline_and_are_reset_leave_nothing_behind() throws Exception {
        var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        long files = system.getOpenFileDescriptorCount();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answered = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answered.add(clients.submit(this::pipelineAndReset));
            }
            for (Future<Integer> count : answered) {
                assertThat(count.get()).isEqualTo(10);
            }
        }
        Threads.awaitNone("connection-watch");
        // Who has read the last answer may be gone before its handler has returned.
        assertThat(server.gone()).extracting(WatchedServer.Gone::query).allMatch("9"::equals);
        awaitFewer(system, files + 100);
    }

    private static void awaitFewer(UnixOperatingSystemMXBean system, long files)
            throws InterruptedException {
        for (int i = 0; i < 1000 && system.getOpenFileDescriptorCount() >= files; i++) {
            Thread.sleep(10);
        }
        assertThat(system.getOpenFileDescriptorCount()).isLessThan(files);
    }

    private int pipelineAndReset() throws IOException {
        try (RawClient client = RawClient.plain(server.port())) {
            for (int i = 0; i < 10; i++) {
                client.get("/quick?" + i);
            }
            int answers = 0;
            while (answers < 10) {
                client.readUntil("\r\n\r\nquick");
                answers++;
            }
            client.reset();
            return answers;
        }
    }

    @Test
    void stopping_the_server_leaves_no_thread() throws Exception {
        try (RawClient idle = RawClient.plain(server.port());
                RawClient client = RawClient.plain(server.port())) {
            idle.get("/quick").readUntil("\r\n\r\nquick");
            client.get("/silent?stopped");
            server.awaitHandler();
            server.close();
        }
        Threads.awaitNone("connection-watch");
    }

    @Nested
    class OverHttp2 {
        @Test
        void a_reset_stream_is_noticed_and_its_neighbour_is_not_disturbed() throws Exception {
            noticed(client -> {
                client.send(Frames.preface())
                        .send(Frames.get(1, "/silent?stays"))
                        .send(Frames.get(3, "/silent?leaves"));
                server.awaitHandler();
                server.awaitHandler();
                return () -> client.send(Frames.cancel(3));
            });
        }

        @Test
        void a_stream_reset_at_once_is_noticed() throws Exception {
            noticed(client -> {
                byte[] ask = Frames.get(1, "/silent");
                byte[] cancel = Frames.cancel(1);
                byte[] both = Arrays.copyOf(ask, ask.length + cancel.length);
                System.arraycopy(cancel, 0, both, ask.length, cancel.length);
                client.send(Frames.preface());
                return () -> client.send(both);
            });
        }

        @Test
        void a_reset_while_streaming_is_noticed() throws Exception {
            noticed(client -> {
                client.send(Frames.preface()).send(Frames.get(1, "/stream"));
                server.awaitHandler();
                return () -> client.send(Frames.cancel(1));
            });
        }

        @Test
        void a_reset_after_a_body_is_noticed() throws Exception {
            noticed(client -> {
                client.send(Frames.preface())
                        .send(Frames.post(1, "/silent"))
                        .send(Frames.data(1, new byte[1000]));
                server.awaitHandler();
                return () -> client.send(Frames.cancel(1));
            });
        }

        @Test
        void every_stream_of_a_closed_connection_is_told() throws Exception {
            try (RawClient client = RawClient.plain(server.port())) {
                client.send(Frames.preface())
                        .send(Frames.get(1, "/silent?1"))
                        .send(Frames.get(3, "/silent?3"));
                server.awaitHandler();
                server.awaitHandler();
            }
            assertThat(List.of(server.awaitGone().query(), server.awaitGone().query()))
                    .containsExactlyInAnyOrder("1", "3");
        }

        @Test
        void a_second_reset_leaves_the_other_streams_alone() throws Exception {
            try (RawClient client = RawClient.plain(server.port())) {
                client.send(Frames.preface())
                        .send(Frames.get(1, "/silent?1"))
                        .send(Frames.get(3, "/silent?3"));
                server.awaitHandler();
                server.awaitHandler();
                client.send(Frames.cancel(1));
                assertThat(server.awaitGone().query()).isEqualTo("1");
                stillServed(client, Frames.cancel(1));
            }
        }

        @Test
        void a_reset_that_crosses_the_end_of_its_answer_leaves_the_other_streams_alone()
                throws Exception {
            try (RawClient client = RawClient.plain(server.port())) {
                client.send(Frames.preface())
                        .send(Frames.get(1, "/silent?1"))
                        .send(Frames.get(3, "/silent?3"));
                Map<String, WatchedServer.Waiting> handlers = new HashMap<>();
                for (int i = 0; i < 2; i++) {
                    WatchedServer.Waiting handler = server.awaitHandler();
                    handlers.put(handler.query(), handler);
                }
                handlers.get("1").release();
                client.readUntil("read 0");
                stillServed(client, Frames.cancel(1));
            }
        }

        /** Whether stream 3 waits on and a new stream is served when the client has sent this. */
        private void stillServed(RawClient client, byte[] frame) throws Exception {
            client.send(Frames.get(5, "/silent?5"));
            assertThat(server.awaitHandler().query()).isEqualTo("5");
            client.send(frame).send(Frames.get(7, "/silent?7"));
            assertThat(server.awaitHandler().query()).isEqualTo("7");
            assertThat(server.anyoneGone()).isFalse();
        }

        @Test
        void a_closed_connection_is_noticed() throws Exception {
            noticed(client -> {
                client.send(Frames.preface()).send(Frames.get(1, "/silent"));
                server.awaitHandler();
                return client::close;
            });
        }

        @Test
        void a_protocol_error_ends_the_watch_of_every_stream() throws Exception {
            noticed(client -> {
                client.send(Frames.preface()).send(Frames.get(1, "/silent"));
                server.awaitHandler();
                return () -> client.send(Frames.data(0, new byte[1]));
            });
        }

        @Test
        void a_call_that_a_real_client_cancels_is_noticed() throws Exception {
            OkHttpClient client =
                    new OkHttpClient.Builder()
                            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                            .build();
            cancelAndGoOn(server, client, "http://127.0.0.1:" + server.port());
        }
    }

    private static void cancelAndGoOn(WatchedServer server, OkHttpClient client, String address)
            throws Exception {
        Call call = client.newCall(new Request.Builder().url(address + "/silent?ok").build());
        Thread caller = Thread.ofVirtual().start(() -> execute(call));
        server.awaitHandler();
        call.cancel();
        assertThat(server.awaitGone().query()).isEqualTo("ok");
        caller.join();
        Request quick = new Request.Builder().url(address + "/quick").build();
        try (var response = client.newCall(quick).execute()) {
            assertThat(response.body().string()).isEqualTo("quick");
            assertThat(response.protocol()).isIn(Protocol.HTTP_2, Protocol.H2_PRIOR_KNOWLEDGE);
        }
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private static void execute(Call call) {
        try (var response = call.execute()) {
            throw new AssertionError("Cancelled, yet answered " + response);
        } catch (IOException expected) {
            assertThat(call.isCanceled()).isTrue();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OverTls {
        private TestTls.Trust trust;
        private WatchedServer secured;

        @BeforeAll
        void makeCertificate(@TempDir Path directory) throws Exception {
            trust = TestTls.in(directory);
        }

        @BeforeEach
        void secure() {
            secured = WatchedServer.secured(trust.context());
        }

        @AfterEach
        void unsecure() {
            secured.close();
        }

        private void noticedSecurely(Departure departure) throws Exception {
            noticed(secured, () -> RawClient.secured(secured.port(), trust.context()), departure);
        }

        @Test
        void a_close_is_noticed() throws Exception {
            noticedSecurely(client -> {
                client.get("/silent");
                secured.awaitHandler();
                return client::close;
            });
        }

        @Test
        void a_reset_is_noticed() throws Exception {
            noticedSecurely(client -> {
                client.get("/silent");
                secured.awaitHandler();
                return client::reset;
            });
        }

        @Test
        void a_close_while_streaming_is_noticed() throws Exception {
            noticedSecurely(client -> {
                client.get("/stream").readUntil("first\n\n");
                secured.awaitHandler();
                return client::close;
            });
        }

        @Test
        void a_call_that_a_real_client_cancels_over_http2_is_noticed() throws Exception {
            OkHttpClient client =
                    new OkHttpClient.Builder()
                            .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                            .build();
            cancelAndGoOn(secured, client, "https://localhost:" + secured.port());
        }

        @Test
        void pipelined_requests_are_served() throws Exception {
            try (RawClient client = RawClient.secured(secured.port(), trust.context())) {
                client.get("/silent?1").get("/stream?2").get("/quick").get("/unwatched");
                secured.awaitHandler().release();
                secured.awaitHandler().release();
                assertThat(client.readUntil("answered").split("200 OK", -1)).hasSize(5);
                assertThat(secured.anyoneGone()).isFalse();
            }
        }
    }
}
