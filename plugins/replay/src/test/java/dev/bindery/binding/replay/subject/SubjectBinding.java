package dev.bindery.binding.replay.subject;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Answers with everything that there is, and notes each call. */
public final class SubjectBinding extends LlmBinding {
    private static final byte[] PICTURE = {1, 2, 3};

    @Override
    public List<String> listModels() {
        return List.of("m");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        note();
        String text =
                request.chat().map(chat -> chat.messages().getLast().text()).orElse("a prompt");
        Answer answer = new Answer(callback);
        return switch (text) {
            case "all" -> all(answer);
            case "slow" -> slow(answer);
            case "whole" -> GenerationResult.of("not in pieces");
            case "refused" -> throw BindingException.invalidRequest("no, sk-abcdefghijklmnop1234");
            case "down" ->
                    throw BindingException.builder(ErrorCode.RATE_LIMITED, "slow down")
                            .retryAfter(Duration.ofMillis(1500))
                            .upstreamStatus(429)
                            .usage(Usage.of(3, 0))
                            .build();
            case "odd" -> throw new BindingException(new ErrorCode("ODD", 418, true), "teapot");
            case "broken" -> {
                answer.chunk("half");
                throw new BindingException(ErrorCode.CONTENT_FILTERED, "not further");
            }
            default -> {
                for (String piece : ("You said: " + text).split("(?<= )", -1)) {
                    if (!answer.chunk(piece)) {
                        yield answer.result(FinishReason.CANCELLED);
                    }
                }
                yield answer.result(FinishReason.STOP);
            }
        };
    }

    private static GenerationResult all(Answer answer) {
        answer.operation(OperationType.STEP_START, "thinking");
        answer.on(Operation.reasoning(ReasoningPart.of("hm ", "sig==", false)));
        answer.chunk("Grüße 😀\n", JsonObject.of("confidence", 0.5));
        answer.operation(OperationType.REPLACE_LAST, "Greetings \ud83d");
        answer.on(Operation.chunk("second").withCandidate(1));
        answer.on(Operation.toolCall(ToolCallDelta.of(0, "t1", "look", "{\"x\":")));
        answer.on(Operation.toolCall(ToolCallDelta.of(0, null, null, "1}")));
        answer.on(Operation.media(MediaPart.of(Blob.of("image/png", PICTURE)).withName("p")));
        answer.on(
                Operation.logprobs(
                        List.of(
                                TokenLogprob.builder("Gre", -0.25)
                                        .bytes(PICTURE)
                                        .alternatives(
                                                List.of(
                                                        TokenLogprob.builder(
                                                                        "Hi",
                                                                        Double.NEGATIVE_INFINITY)
                                                                .build()))
                                        .build())));
        answer.on(Operation.of(new OperationType(99, "SPARKLE"), "new"));
        answer.on(Operation.usage(Usage.of(10, 4)));
        return answer.result(FinishReason.TOOL_CALLS).toBuilder()
                .metadata(JsonObject.of("id", "x1", "api_key", "hidden-value"))
                .build();
    }

    private static GenerationResult slow(Answer answer) {
        answer.chunk("one ");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
        answer.chunk("two");
        return answer.result(FinishReason.STOP);
    }

    private void note() {
        try {
            Files.writeString(
                    context().dataDirectory().resolve("calls"),
                    "x",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        note();
        return EmbeddingResult.builder(
                        request.inputs().stream()
                                .map(_ -> new float[] {0.1f, -3.4028235e38f, 1})
                                .toList())
                .usage(Usage.of(2, 0))
                .build();
    }

    @Override
    public int[] tokenize(String model, String text) {
        note();
        return text.codePoints().toArray();
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        note();
        return new String(tokens, 0, tokens.length);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        note();
        return TokenCount.exactly(42);
    }
}
