package dev.bindery.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChildOutputPartsTest {
    @Test
    void aLineIsCutAtItsBoundAndTheNextOneIsWhole() throws IOException {
        LineReader lines = reader("x".repeat(100_000) + "\r\nnext\n\nlast", 10);

        assertThat(lines.next()).contains("x".repeat(10));
        assertThat(lines.next()).contains("next");
        assertThat(lines.next()).contains("");
        assertThat(lines.next()).contains("last");
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void aLineThatDoesNotEndIsCutWithoutWaitingForItsEnd() throws IOException {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                };

        assertThat(new LineReader(endless, 10).next()).contains("x".repeat(10));
    }

    @Test
    void theGroupOfAProcessIsReadWhateverItsNameIs() {
        assertThat(ProcessGroup.group("7 (a) b (c) 1) S 1 42 42 0 -1")).contains(42L);
        assertThat(ProcessGroup.group("7 (gone) Z 1 42 42 0 -1")).isEmpty();
    }

    @Test
    void aBurstPassesThenSoManyASecondAndTheRestIsCounted() {
        AtomicLong clock = new AtomicLong();
        RateLimit limit = new RateLimit(3, 2, clock::get);

        assertThat(admitted(limit, 10)).isEqualTo(3);
        clock.addAndGet(1_000_000_000L);
        assertThat(admitted(limit, 10)).isEqualTo(2);
        assertThat(limit.takeLeftOut()).isEqualTo(15);
        assertThat(limit.takeLeftOut()).isZero();
    }

    @Test
    void theWaitDoublesToThirtySecondsAndBeginsAgainAfterAStableTime() {
        Backoff backoff = new Backoff();

        assertThat(IntStream.range(0, 12).mapToObj(_ -> backoff.next().toMillis()))
                .startsWith(100L, 200L, 400L, 800L)
                .endsWith(25_600L, 30_000L, 30_000L, 30_000L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }

    private static long admitted(RateLimit limit, int lines) {
        return IntStream.range(0, lines).filter(_ -> limit.admit()).count();
    }

    private static LineReader reader(String text, int bound) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), bound);
    }
}
