package dev.bindery.host.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Progress;
import dev.bindery.host.Event;
import dev.bindery.host.fixture.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir Path state;

    private EventLog log() {
        return new EventLog(
                Clock.systemUTC(), EventNumbers.keptIn(state.resolve("state/last-event")));
    }

    @Test
    void idsCountUpWithoutAHoleAndNeverGoBackOverARestart() {
        EventLog first = log();
        for (int i = 0; i < 25_000; i++) {
            first.publish("binding/ACTIVE", "echo", "");
        }
        assertThat(first.lastId()).isEqualTo(25_000);
        assertThat(first.after(0)).extracting(Event::id).first().isEqualTo(24_001L);
        EventLog second = log();
        assertThat(second.lastId()).isGreaterThanOrEqualTo(25_000);
        second.publish("binding/ACTIVE", "echo", "");
        assertThat(second.after(25_000)).extracting(Event::id).containsExactly(30_001L);
    }

    @Test
    void aFloodOfNotificationsPushesNoTransitionOut() {
        EventLog log = log();
        log.publish("binding/ACTIVE", "echo", "");
        for (int i = 0; i < 3000; i++) {
            log.publish("notification/info", "echo", "again");
        }
        log.publish("binding/DISABLED", "echo", "");
        log.publish("notification/info", "echo", "last");
        assertThat(log.after(0))
                .extracting(Event::id)
                .isSorted()
                .hasSize(1002)
                .startsWith(1L, 2003L)
                .endsWith(3001L, 3002L, 3003L);
        assertThat(log.after(3001)).extracting(Event::id).containsExactly(3002L, 3003L);
    }

    @Test
    void aFileThatIsNoNumberStopsNobody() throws Exception {
        Files.createDirectories(state.resolve("state"));
        Files.writeString(state.resolve("state/last-event"), "garbage");
        EventLog log = log();
        log.publish("binding/ACTIVE", "echo", "");
        assertThat(log.lastId()).isEqualTo(1);
    }

    @Test
    void aStateThatCannotBeWrittenStopsNobody() throws Exception {
        Files.writeString(state.resolve("state"), "a file where a folder should be");
        EventLog log = log();
        log.publish("binding/ACTIVE", "echo", "");
        assertThat(log.lastId()).isEqualTo(1);
    }

    @Test
    void aListenerThatIsTooSlowSeesAHoleAndDelaysNobody() {
        EventLog log = log();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Long> heard = new CopyOnWriteArrayList<>();
        try (var _ =
                log.subscribe(event -> {
                    heard.add(event.id());
                    begun.countDown();
                    await(goOn);
                })) {
            log.publish("binding/ACTIVE", "echo", "");
            await(begun);
            for (int i = 0; i < 5000; i++) {
                log.publish("binding/ACTIVE", "echo", "");
            }
            goOn.countDown();
            Wait.until("the latest is heard", () -> heard.getLast() == 5001);
            assertThat(heard).startsWith(1L, 4002L).isSorted().hasSize(1001);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatABindingSaysIsBoundedAndIsText() {
        EventLog log = log();
        log.publish("notification/info", "echo", "x".repeat(10_000_000));
        log.publish("notification/info", "echo", "broken \ud83d here");
        assertThat(log.after(0).get(0).message()).hasSize(4001);
        assertThat(log.after(0).get(1).message()).isEqualTo("broken \ufffd here");
    }

    @Test
    void anInstancesEventsConcernItsBinding() {
        EventLog log = log();
        log.publish("instance/ACTIVE", "fast", "", JsonObject.of("binding", "echo"));
        log.publish("notification/warning", "fast", "slow today");
        Event warning = log.after(0).getLast();
        assertThat(warning.instance()).hasValue("fast");
        assertThat(warning.binding()).hasValue("echo");
    }

    @Test
    void muchProgressIsFewEventsWithItsEnd() {
        EventLog log = log();
        List<Progress> heard = new ArrayList<>();
        AnnouncedProgress progress =
                new AnnouncedProgress(
                        log, "progress/pull", "a/b", JsonObject.of("instance", "a"), heard::add);
        progress.during(() -> {
            for (int i = 1; i <= 1000; i++) {
                progress.progress(Progress.of("fetching", i, 1000));
            }
        });
        List<Event> events = log.after(0);
        assertThat(heard).hasSize(1000);
        assertThat(events.getFirst().data().whole("total")).hasValue(1000);
        assertThat(events.getFirst().instance()).hasValue("a");
        assertThat(events.getLast().message()).isEqualTo("done");
        assertThat(events.size()).isLessThan(500);
    }

    @Test
    void whyLongWorkFailedStandsInNoEventSinceItMayNameASecret() {
        EventLog log = log();
        AnnouncedProgress progress =
                new AnnouncedProgress(log, "progress/pull", "a/b", JsonObject.EMPTY, _ -> {});
        assertThatThrownBy(() ->
                        progress.during(() -> {
                            throw new BindingException(
                                    ErrorCode.UPSTREAM_UNAVAILABLE, "https://u:key@host");
                        }))
                .hasMessageContaining("key");
        assertThat(log.after(0))
                .extracting(Event::message)
                .containsExactly("failed: UPSTREAM_UNAVAILABLE");
    }
}
