package dev.bindery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration INSTANT = Duration.ofNanos(1);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Sessions sessions = new Sessions(now::get, IDLE);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aCodeBeginsOneSession() {
        String code = sessions.code();
        String cookie = sessions.begin(code).orElseThrow();
        assertThat(cookie).isNotEqualTo(code);
        assertThat(sessions.find(cookie)).isPresent();
        assertThat(sessions.begin(code)).isEmpty();
        assertThat(sessions.find(code)).isEmpty();
        assertThat(sessions.begin(cookie)).isEmpty();
        assertThat(sessions.begin("")).isEmpty();
    }

    @Test
    void aCodeIsGoodForAMinute() {
        String used = sessions.code();
        String late = sessions.code();
        pass(Sessions.CODE.minus(INSTANT));
        assertThat(sessions.begin(used)).isPresent();
        pass(INSTANT);
        assertThat(sessions.begin(late)).isEmpty();
    }

    @Test
    void aSessionThatIsNotUsedEnds() {
        String cookie = sessions.begin(sessions.code()).orElseThrow();
        pass(IDLE.minus(INSTANT));
        assertThat(sessions.find(cookie)).isPresent();
        pass(IDLE.minus(INSTANT));
        assertThat(sessions.find(cookie)).as("used in between").isPresent();
        pass(IDLE);
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void whetherASessionIsOpenIsAskedWithoutUsingIt() {
        String cookie = sessions.begin(sessions.code()).orElseThrow();
        Session session = sessions.find(cookie).orElseThrow();
        pass(IDLE.minus(INSTANT));
        assertThat(sessions.isOpen(session)).isTrue();
        pass(INSTANT);
        assertThat(sessions.isOpen(session)).isFalse();
    }

    @Test
    void whoWaitsForTheEndOfASessionIsToldAlsoTooLateAndNoLongerWhenItDoesNot() {
        String cookie = sessions.begin(sessions.code()).orElseThrow();
        Session session = sessions.find(cookie).orElseThrow();
        AtomicLong told = new AtomicLong();
        try (Session.Registration _ = session.whenEnded(told::incrementAndGet)) {
            assertThat(told).hasValue(0);
        }
        Session.Registration _ = session.whenEnded(told::incrementAndGet);
        sessions.end(cookie);
        assertThat(told).hasValue(1);
        assertThat(sessions.isOpen(session)).isFalse();
        Session.Registration _ = session.whenEnded(told::incrementAndGet);
        assertThat(told).hasValue(2);
    }

    @Test
    void aSessionThatIsUsedEndsToo() {
        String cookie = sessions.begin(sessions.code()).orElseThrow();
        Duration passed = Duration.ZERO;
        while (passed.plusMinutes(20).compareTo(Sessions.LONGEST) < 0) {
            pass(Duration.ofMinutes(20));
            passed = passed.plusMinutes(20);
            assertThat(sessions.find(cookie)).isPresent();
        }
        pass(Duration.ofMinutes(20));
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void oneThatIsEndedIsGoneAndOthersStay() {
        String one = sessions.begin(sessions.code()).orElseThrow();
        String other = sessions.begin(sessions.code()).orElseThrow();
        sessions.end(one);
        assertThat(sessions.find(one)).isEmpty();
        assertThat(sessions.find(other)).isPresent();
    }

    @Test
    void thereAreNeverTooMany() {
        String first = sessions.code();
        for (int i = 0; i < 16; i++) {
            sessions.code();
        }
        assertThat(sessions.begin(first)).isEmpty();
        String oldest = sessions.begin(sessions.code()).orElseThrow();
        for (int i = 0; i < 64; i++) {
            assertThat(sessions.begin(sessions.code())).isPresent();
        }
        assertThat(sessions.find(oldest)).isEmpty();
    }

    @Test
    void eachHasItsOwnTokenForChanges() {
        Session one = session();
        Session other = session();
        assertThat(one.isShown(one.csrfToken())).isTrue();
        assertThat(one.isShown(other.csrfToken())).isFalse();
        assertThat(one.isShown("")).isFalse();
        assertThat(one.toString()).doesNotContain(one.csrfToken());
    }

    private Session session() {
        return sessions.find(sessions.begin(sessions.code()).orElseThrow()).orElseThrow();
    }
}
