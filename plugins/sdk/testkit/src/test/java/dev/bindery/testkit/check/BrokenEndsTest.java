package dev.bindery.testkit.check;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that do not end as they should. */
@Timeout(120)
class BrokenEndsTest {
    @TempDir Path folder;

    private void fails(String body, String check, String message) throws Exception {
        new Tried(folder).fails(new TestJar().generates(body), check, message);
    }

    @Test
    void aCallThatIgnoresItsCancellationIsSeen() throws Exception {
        fails(
                """
                callback.chunk("one");
                long end = System.nanoTime() + 8_000_000_000L;
                while (System.nanoTime() < end) Thread.onSpinWait();
                return GenerationResult.of("one");
                """,
                "cancelled in mid-stream, a call ends with what there is",
                "counts as stuck; it was at sample.Sample.generate");
    }

    @Test
    void anotherErrorAfterACancellationIsSeen() throws Exception {
        fails(
                """
                callback.chunk("one");
                CountDownLatch left = new CountDownLatch(1);
                request.cancellation().onCancel(left::countDown);
                left.await();
                throw new java.io.IOException("socket closed");
                """,
                "cancelled in mid-stream, a call ends with what there is",
                "failed with UPSTREAM_UNAVAILABLE");
    }

    @Test
    void piecesAfterTheCallbackHadEnoughAreSeen() throws Exception {
        fails(
                """
                for (String word : List.of("one", " two", " three", " four")) callback.chunk(word);
                return GenerationResult.of("one two three four");
                """,
                "a callback that wants no more ends the answer",
                "was called with 3 more");
    }

    @Test
    void aCallbackThatHadEnoughAndAnAnswerThatStopsAreSeen() throws Exception {
        fails(
                """
                Answer answer = new Answer(callback);
                for (String word : List.of("one", " two", " three", " four")) if (!answer.chunk(word)) break;
                return answer.result(FinishReason.STOP);
                """,
                "a callback that wants no more ends the answer",
                "finish reason is stop; expected CANCELLED");
    }

    @Test
    void anExceptionOfTheCallbackThatIsSwallowedIsSeen() throws Exception {
        fails(
                """
                try { callback.chunk("one"); } catch (RuntimeException e) { }
                return GenerationResult.of("one");
                """,
                "an exception of the callback ends the answer",
                "let them pass");
    }

    @Test
    void aCallThatHangsFromTheBeginningIsSeen() throws Exception {
        fails(
                """
                long end = System.nanoTime() + 8_000_000_000L;
                while (System.nanoTime() < end) { try { Thread.sleep(50); } catch (InterruptedException e) { } }
                callback.chunk("one");
                return GenerationResult.of("one");
                """,
                "cancelled before the first token, a call ends",
                "counts as stuck");
    }
}
