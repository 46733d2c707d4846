package dev.bindery.benchmarks.probe;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Answers only when it is told to stop: {@code silent} says nothing until then, {@code talking} a
 * word every millisecond. Tells its witness when a call has reached it, and when it is told to
 * stop.
 */
public final class ProbeBinding extends LlmBinding {
    static final int BEGUN = 'B';
    static final int STOPPED = 'S';

    @Override
    public List<String> listModels() {
        return List.of("silent", "talking");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws IOException, InterruptedException {
        int port = (int) context().config().integer("witness");
        Answer answer = new Answer(callback);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Socket witness = new Socket(InetAddress.getLoopbackAddress(), port)) {
            witness.setTcpNoDelay(true);
            OutputStream out = witness.getOutputStream();
            request.cancellation()
                    .onCancel(() -> {
                        say(out, STOPPED);
                        stopped.countDown();
                    });
            say(out, BEGUN);
            while (!stopped.await(1, TimeUnit.MILLISECONDS)) {
                if (request.model().equals("talking")) {
                    answer.chunk("word ");
                }
            }
        }
        return answer.result(FinishReason.CANCELLED);
    }

    private static void say(OutputStream witness, int what) {
        try {
            witness.write(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
