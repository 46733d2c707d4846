package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class RenewedTest {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private volatile Instant now = BEGIN;
    private volatile boolean failing;
    private final AtomicInteger fetches = new AtomicInteger();
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final Renewed credentials = new Renewed(this::lend, clock);

    /** For an hour. */
    private Renewed.Lent lend() {
        int fetched = fetches.incrementAndGet();
        if (failing) {
            throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "not now");
        }
        return new Renewed.Lent(
                AwsCredentialsIdentity.create("AKID" + fetched, "k"),
                now.plus(Duration.ofHours(1)));
    }

    private String id() {
        return credentials.identity().accessKeyId();
    }

    @Test
    void theyAreKeptUntilShortlyBeforeTheirEnd() {
        assertThat(id()).isEqualTo("AKID1");
        now = BEGIN.plus(Duration.ofMinutes(54));
        assertThat(id()).isEqualTo("AKID1");
        now = BEGIN.plus(Duration.ofMinutes(56));
        assertThat(id()).isEqualTo("AKID2");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aFailureHarmsNobodyWhileTheOldOnesHoldAndIsTriedAgainLater() {
        id();
        failing = true;
        now = BEGIN.plus(Duration.ofMinutes(56));
        assertThat(id()).isEqualTo("AKID1");
        assertThat(id()).isEqualTo("AKID1");
        assertThat(fetches).as("not at every request").hasValue(2);

        now = now.plus(Duration.ofSeconds(31));
        assertThat(id()).isEqualTo("AKID1");
        assertThat(fetches).hasValue(3);

        now = BEGIN.plus(Duration.ofHours(1));
        assertThatThrownBy(this::id).hasMessage("not now");

        failing = false;
        assertThat(id()).isEqualTo("AKID5");
    }

    @Test
    void whileOneFetchesTheOthersGoOnWithWhatHolds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Renewed slow =
                new Renewed(
                        () -> {
                            Renewed.Lent lent = lend();
                            if (fetches.get() == 2) {
                                asked.countDown();
                                awaitQuietly(answer);
                            }
                            return lent;
                        },
                        clock);
        slow.identity();
        now = BEGIN.plus(Duration.ofMinutes(56));
        FutureTask<String> first = new FutureTask<>(() -> slow.identity().accessKeyId());
        Thread.ofVirtual().start(first);
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(slow.identity().accessKeyId()).isEqualTo("AKID1");

        answer.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("AKID2");
        assertThat(slow.identity().accessKeyId()).isEqualTo("AKID2");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
