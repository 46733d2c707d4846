package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The host's events over HTTP. */
class EventStreamTest {
    private static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;
    private static final String EVENTS = "/admin/v1/events";

    private Served served;

    @BeforeEach
    void start() throws IOException {
        served = new Served();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private RawHttp streaming(String query, String... headers) throws IOException {
        RawHttp http = served.connect();
        String[] all = new String[headers.length + 1];
        all[0] = TOKEN;
        System.arraycopy(headers, 0, all, 1, headers.length);
        http.get(EVENTS + query, all);
        assertThat(http.begin().header("Content-Type")).startsWith("text/event-stream");
        return http;
    }

    private static String gap(long id, long from, long to) {
        return "id: %d\nevent: gap\ndata: {\"from\":%d,\"to\":%d,".formatted(id, from, to);
    }

    @Test
    void eventsComeAsTheyHappenAndFromWhereTheClientLeftOff() throws Exception {
        served.host.happen(1, "binding/ACTIVE", "old");
        served.host.happen(2, "binding/ACTIVE", "missed");
        try (RawHttp http = streaming("", "Last-Event-ID: 1")) {
            assertThat(http.chunk())
                    .isEqualTo(
                            ": events\n\nid: 2\nevent: binding/ACTIVE\ndata: {\"id\":2,\"time\":"
                                    + "\"1970-01-01T00:00:00Z\",\"level\":\"INFO\",\"topic\":\"binding/ACTIVE\","
                                    + "\"subject\":\"echo\",\"message\":\"missed\","
                                    + "\"binding\":\"echo\",\"data\":{}}\n\n");
            served.host.happen(3, "progress/pull", "now");
            assertThat(http.chunk()).startsWith("id: 3\nevent: progress/pull\n");
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (served.host.listeners() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(served.host.listeners()).isZero();
    }

    @Test
    void whoWasAwayForTooLongIsToldWhatIsLost() throws Exception {
        served.host.happen(7, "binding/ACTIVE", "kept");
        try (RawHttp http = streaming("", "Last-Event-ID: 2")) {
            assertThat(http.chunk()).startsWith(": events\n\n" + gap(6, 3, 6)).contains("id: 7\n");
        }
    }

    @Test
    void eventsThatAreLostOnTheWayAreToldToo() throws Exception {
        served.host.happen(1, "binding/ACTIVE", "first");
        try (RawHttp http = streaming("")) {
            assertThat(http.chunk()).isEqualTo(": events\n\n");
            served.host.happen(5, "binding/ACTIVE", "later");
            assertThat(http.chunk()).startsWith(gap(4, 2, 4)).contains("id: 5\n");
        }
    }

    @Test
    void anIdFromAnotherHostHidesNothing() throws Exception {
        served.host.happen(3, "binding/ACTIVE", "known");
        try (RawHttp http = streaming("", "Last-Event-ID: 900")) {
            assertThat(http.chunk())
                    .startsWith(": events\n\n" + gap(2, 4, 900))
                    .contains("id: 3\nevent: binding/ACTIVE");
        }
    }

    @Test
    void onlyWhatWasAskedForIsSent() throws Exception {
        served.host.happen(1, "binding/ACTIVE", "echo", "one");
        served.host.happen(2, "instance/ACTIVE", "echo", "two");
        served.host.happen(3, "binding/ACTIVE", "other", "three");
        served.host.happen(4, "notification/error", "echo", "four");
        served.host.happen(5, "binding/FAILED", "echo", "five");
        try (RawHttp http = streaming("?binding=echo", "Last-Event-ID: 0")) {
            assertThat(ids(http.chunk())).isEqualTo("1 5");
        }
        try (RawHttp http = streaming("?instance=echo", "Last-Event-ID: 0")) {
            assertThat(ids(http.chunk())).isEqualTo("2 4");
        }
        try (RawHttp http = streaming("?type=notification,binding/FAILED&last_event_id=0")) {
            assertThat(ids(http.chunk())).isEqualTo("4 5");
        }
    }

    private static String ids(String frames) {
        return frames.lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    @Test
    void anIdThatIsNoNumberIsRefused() throws Exception {
        RawHttp.Answer answer = served.get(EVENTS, TOKEN, "Last-Event-ID: soon");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Last-Event-ID").contains("soon");
    }

    @Test
    void aServerThatStopsEndsTheEventStreams() throws Exception {
        try (RawHttp http = streaming("")) {
            http.chunk();
            served.server().close();
            assertThat(http.chunk()).isEmpty();
        }
    }
}
