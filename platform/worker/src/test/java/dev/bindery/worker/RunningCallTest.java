package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunningCallTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private Runnable whileSending = () -> {};
    private final RunningCall call =
            new RunningCall(
                    "c1",
                    WireReader.of(new WireObject().node()),
                    new BlobStore(Path.of("none")),
                    new ByteArrayOutputStream() {
                        @Override
                        public void flush() {
                            sent.writeBytes(toByteArray());
                            reset();
                            whileSending.run();
                        }
                    });

    private boolean on(String text) {
        return call.callback().on(Operation.of(OperationType.ADD_CHUNK, text));
    }

    @Test
    void whatIsSentWhileTheCallIsCancelledCountsAsTaken() {
        whileSending = call::cancel;

        assertThat(on("sent")).isTrue();
        assertThat(on("too late")).isFalse();
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .contains("\"sent\"")
                .doesNotContain("too late");
    }
}
