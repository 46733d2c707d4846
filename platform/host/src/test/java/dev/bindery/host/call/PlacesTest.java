package dev.bindery.host.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.fixture.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final AtomicLong now = new AtomicLong(-5);

    private Places.Place take(Places places) {
        return places.take(Cancellation.NONE, Duration.ZERO).orElseThrow();
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Duration retryAfter(Places places) {
        BindingException overloaded =
                catchThrowableOfType(BindingException.class, () -> take(places));
        assertThat(overloaded.code()).isEqualTo(ErrorCode.OVERLOADED);
        return overloaded.retryAfter().orElseThrow();
    }

    @Test
    void aCallThatIsRefusedHearsWhenAPlaceIsLikelyToBeFree() {
        Places places = new Places(2, 0, now::get);
        Places.Place first = take(places);
        Places.Place second = take(places);
        assertThat(retryAfter(places)).as("nothing is known yet").hasSeconds(1);
        pass(20);
        assertThat(retryAfter(places)).as("two places, calls of 20 s or more").hasSeconds(10);
        first.giveBack();
        pass(20);
        second.giveBack();
        take(places);
        take(places);
        assertThat(retryAfter(places)).as("20 s, then 40 s: 24 s on the whole").hasSeconds(12);
        pass(1000);
        assertThat(retryAfter(places)).hasSeconds(12);
    }

    @Test
    void itIsNeverLongerThanTwoMinutes() {
        Places places = new Places(1, 0, now::get);
        take(places);
        pass(10_000);
        assertThat(retryAfter(places)).hasSeconds(120);
    }

    @Test
    void otherNumbersHoldAtOnce() {
        Places places = new Places(1, 0, now::get);
        Places.Place first = take(places);
        places.resize(2, 0);
        Places.Place second = take(places);
        places.resize(1, 0);
        first.giveBack();
        retryAfter(places);
        second.giveBack();
        take(places);
    }

    @Test
    void oneThatIsClosedGivesNoPlaces() {
        Places places = new Places(2, 5, now::get);
        take(places).giveBack();
        places.close();
        assertThat(places.take(Cancellation.NONE, Duration.ofDays(1))).isEmpty();
    }

    @Test
    void whoWaitsForAPlaceIsSentAwayWhenItIsClosed() throws Exception {
        Places places = new Places(1, 5, now::get);
        take(places);
        CompletableFuture<Optional<Places.Place>> waiting =
                CompletableFuture.supplyAsync(
                        () -> places.take(Cancellation.NONE, Duration.ofDays(1)),
                        code -> Thread.ofVirtual().start(code));
        Wait.until("it waits", () -> places.waiting() == 1);
        places.close();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(places.waiting()).isZero();
    }
}
