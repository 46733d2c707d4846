package dev.bindery.server.lollms;

import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.server.answer.AnswerStream;
import dev.bindery.server.answer.UsageSum;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.json.JsonText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the operations that it consists of, corrections, steps and progress included. The
 * last one is {@code FINISHED_MESSAGE} with the reason in its metadata, or {@code EXCEPTION} with
 * the error's code; a stream without either was cut off. For one thread.
 */
final class OperationStream implements AnswerStream {
    private final Exchange exchange;
    private final OperationFrames frames;
    private final JsonText out = new JsonText();
    private final UsageSum usage = new UsageSum();
    private final WholeOperations operations = new WholeOperations();
    private FinishReason reason = FinishReason.STOP;
    private @Nullable ResponseStream response;

    OperationStream(Exchange exchange, OperationFrames frames) {
        this.exchange = exchange;
        this.frames = frames;
    }

    @Override
    public boolean on(Operation operation) {
        operation.usage().ifPresent(usage::soFar);
        send(operations.whole(operation));
        return !begun().gone();
    }

    @Override
    public void pause() {
        if (response != null) {
            response.flush();
        }
    }

    @Override
    public boolean silence() {
        byte[] nothing = frames.silence();
        if (nothing.length > 0) {
            begun().add(nothing, nothing.length);
        } else {
            send(Operation.of(OperationType.INFO, ""));
        }
        return begun().flush();
    }

    @Override
    public void finish(GenerationResult result) {
        operations.rest().forEach(this::send);
        reason = result.first().finishReason();
        usage.add(result.usage());
    }

    @Override
    public void end() {
        JsonObject metadata = JsonObject.of("finish_reason", reason.name());
        send(frame -> {
            OperationJson.open(OperationType.FINISHED_MESSAGE, "", metadata, frame);
            OperationJson.usage(usage.total(), frame.field("usage"));
            frame.endObject();
        });
        pause();
    }

    @Override
    public void fail(Refusal failure) {
        if (response == null) {
            throw failure;
        }
        JsonObject metadata =
                JsonObject.of("code", failure.code(), "retriable", failure.retriable());
        send(frame ->
                OperationJson.open(OperationType.EXCEPTION, failure.message(), metadata, frame)
                        .endObject());
        pause();
    }

    private void send(Operation operation) {
        send(frame -> OperationJson.write(operation, frame));
    }

    private void send(Consumer<JsonText> content) {
        content.accept(frames.begin(out.clear()));
        frames.end(out);
        begun().add(out.buffer(), out.length());
    }

    private ResponseStream begun() {
        if (response == null) {
            response = exchange.stream(frames.contentType());
        }
        return response;
    }
}
