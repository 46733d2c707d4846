package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    private static final ReplyLimits LIMITS = new ReplyLimits(100, 150, 1000);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndInAnyOfTheThreeWays(String end) {
        String stream = "data: one\n\nevent: x\ndata: two\ndata: lines\n\n".replace("\n", end);

        assertThat(events(stream))
                .containsExactly(
                        new SseEvent("message", "one", ""), new SseEvent("x", "two\nlines", ""));
    }

    @Test
    void commentsUnknownFieldsAndEmptyEventsAreSkipped() {
        String stream = ": keep-alive\n\n\n:\nevent: lost\n\nretry: 10\nfoo: bar\ndata:{}\n\n";

        assertThat(events(stream)).containsExactly(new SseEvent("message", "{}", ""));
    }

    @Test
    void onlyOneSpaceAfterTheColonIsDropped() {
        assertThat(events("data:  a:b\ndata\nid: 7\n\n"))
                .containsExactly(new SseEvent("message", " a:b\n", "7"));
    }

    @Test
    void aByteOrderMarkAtTheBeginningIsSkippedAndOneLaterIsText() {
        assertThat(events("\uFEFFdata: \uFEFFa\n\n"))
                .containsExactly(new SseEvent("message", "\uFEFFa", ""));
    }

    @Test
    void charactersOfSeveralBytesSurviveReadsOfOneByte() {
        assertThat(events("data: größer 日本 😀\u2028\n\n"))
                .containsExactly(new SseEvent("message", "größer 日本 😀\u2028", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data: [DONE]\n", "data: [DONE]\r"})
    void theLastEventNeedsNoEmptyLine(String stream) {
        assertThat(events(stream)).containsExactly(new SseEvent("message", "[DONE]", ""));
    }

    @Test
    void aLineThatIsTooLongIsRefusedWithoutReadingItToItsEnd() {
        SseReader reader = reader("data: " + "x".repeat(1000), LIMITS);

        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR))
                .hasMessageContaining("line of more than 100 bytes");
    }

    @Test
    void anEventThatIsTooLargeIsRefused() {
        SseReader reader = reader(("data: " + "x".repeat(90) + "\n").repeat(2), LIMITS);

        assertThatThrownBy(reader::next).hasMessageContaining("event of more than 150 bytes");
    }

    private static List<SseEvent> events(String stream) {
        SseReader reader = reader(stream, LIMITS);
        List<SseEvent> events = new ArrayList<>();
        for (SseEvent e = reader.next(); e != null; e = reader.next()) {
            events.add(e);
        }
        return events;
    }

    private static SseReader reader(String stream, ReplyLimits limits) {
        return new SseReader(Okio.buffer(new OneByteAtATime(stream)), limits);
    }

    static final class OneByteAtATime extends ForwardingSource {
        OneByteAtATime(String text) {
            super(new Buffer().writeUtf8(text));
        }

        @Override
        public long read(Buffer sink, long byteCount) throws java.io.IOException {
            return super.read(sink, 1);
        }
    }
}
