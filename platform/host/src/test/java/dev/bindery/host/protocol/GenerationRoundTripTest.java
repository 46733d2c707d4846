package dev.bindery.host.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Blob;
import dev.bindery.api.CacheHint;
import dev.bindery.api.Caller;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Candidate;
import dev.bindery.api.Chat;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Part;
import dev.bindery.api.Prompt;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.Sampling;
import dev.bindery.api.TextPart;
import dev.bindery.api.Timings;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.api.ToolResultPart;
import dev.bindery.api.Usage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GenerationRoundTripTest {
    private static final JsonObject DATA =
            JsonObject.ofMap(Map.of("signature", "s", "n", 1L, "x", 1.0, "list", List.of(true)));

    private final MemoryBlobs blobs = new MemoryBlobs();

    @Test
    void aRequestWithEverythingComesBackTheSame() throws IOException {
        GenerationRequest sent = fullRequest();

        GenerationRequest received =
                RequestCodec.decode(
                        overTheWire(RequestCodec.encode(sent, blobs)), blobs, Cancellation.NONE);

        assertThat(received)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*source", "deadline")
                .isEqualTo(sent);
        assertThat(received.remaining().orElseThrow()).isBetween(secs(50), secs(60));
        MediaPart image =
                received.chat().orElseThrow().messages().get(1).parts(MediaPart.class).getFirst();
        assertThat(image.blob().orElseThrow().bytes()).containsExactly(0, 1, -1);
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void aPromptComesBackTheSame(Prompt prompt) {
        GenerationRequest sent = GenerationRequest.builder("m", prompt).build();

        assertThat(
                        RequestCodec.decode(
                                overTheWire(RequestCodec.encode(sent, blobs)),
                                blobs,
                                Cancellation.NONE))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    static Stream<Prompt> prompts() {
        return Stream.of(
                Prompt.of("").withEcho(true),
                Prompt.of("a").withSuffix(""),
                Prompt.ofTokens(new int[0]),
                Prompt.ofTokens(new int[] {0, -1, Integer.MAX_VALUE}));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationComesBackTheSame(Operation sent) {
        Operation received =
                OperationCodec.decode(overTheWire(OperationCodec.encode(sent, blobs)), blobs);

        assertThat(received)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*source")
                .isEqualTo(sent);
    }

    static Stream<Operation> operations() {
        return Stream.of(
                Operation.chunk("Hello").withMetadata(DATA).withCandidate(3),
                Operation.chunk(""),
                Operation.of(OperationType.REASONING, "without a part"),
                Operation.of(new OperationType(99, "SPARKLE"), "new"),
                Operation.of(new OperationType(3, "RENAMED"), "new"),
                Operation.of(new OperationType(99, "OPERATION_99"), "new"),
                Operation.reasoning(
                        ReasoningPart.of("hm", "sig", true)
                                .withProviderData(DATA)
                                .withCacheHint(CacheHint.usual())),
                Operation.toolCall(ToolCallDelta.of(0, "id", "name", "{\"a\":")),
                Operation.toolCall(ToolCallDelta.next(7, "").withProviderData(DATA)),
                Operation.media(MediaPart.of(Blob.of("image/png", new byte[] {5})).withName("n")),
                Operation.usage(Usage.builder().cacheReadTokens(0L).reasoningTokens(9L).build()),
                Operation.logprobs(List.of(logprob())));
    }

    @Test
    void aResultComesBackTheSame() {
        GenerationResult sent =
                GenerationResult.builder()
                        .candidates(
                                List.of(
                                        Candidate.builder()
                                                .parts(parts())
                                                .finishReason(new FinishReason("bored"))
                                                .stopSequence("\n")
                                                .logprobs(List.of(logprob()))
                                                .build(),
                                        Candidate.of("", FinishReason.LENGTH)))
                        .usage(Usage.of(3, 4))
                        .timings(Timings.builder().load(Duration.ofNanos(123_456_789)).build())
                        .metadata(DATA)
                        .build();

        assertThat(ResultCodec.decode(overTheWire(ResultCodec.encode(sent, blobs)), blobs))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*source")
                .isEqualTo(sent);
    }

    private static GenerationRequest fullRequest() {
        return GenerationRequest.builder(
                        "model",
                        Chat.of(
                                Message.system("be brief").withName("ops"),
                                Message.of(Role.USER, parts()),
                                Message.of(new Role("critic"), List.of())))
                .maxTokens(5)
                .sampling(sampling())
                .candidates(2)
                .logprobs(0)
                .tools(List.of(tool(), Tool.builder("bare").build()))
                .toolChoice(ToolChoice.tool("weather"))
                .parallelTools(false)
                .responseFormat(ResponseFormat.jsonSchema("s", DATA))
                .reasoning(
                        ReasoningOptions.builder()
                                .effort(new ReasoningEffort("extreme"))
                                .budgetTokens(100)
                                .includeThoughts(false)
                                .build())
                .streaming(true)
                .verbose(true)
                .keepAlive(Duration.ofMinutes(-1))
                .parameters(DATA)
                .caller(
                        Caller.builder("r")
                                .traceparent("00-1-2-01")
                                .keyName("k")
                                .session("s")
                                .build())
                .timeLimit(secs(60))
                .build();
    }

    private static Sampling sampling() {
        return Sampling.builder()
                .temperature(0.1)
                .topP(1.0)
                .topK(40)
                .minP(1e-300)
                .repeatPenalty(1.1)
                .repeatLastN(-1)
                .presencePenalty(-2.0)
                .frequencyPenalty(2.0)
                .seed(Long.MIN_VALUE)
                .stop(List.of("", "\n"))
                .build();
    }

    private static Tool tool() {
        return Tool.builder("weather")
                .description("d")
                .parameters(DATA)
                .strict(true)
                .cacheHint(CacheHint.of(Duration.ofMinutes(5)))
                .build();
    }

    private static List<Part> parts() {
        return List.of(
                TextPart.of("look").withCacheHint(CacheHint.of(Duration.ofHours(1))),
                MediaPart.of(Blob.of("image/png", new byte[] {0, 1, -1})).withDetail("high"),
                MediaPart.of(URI.create("https://example.org/a%20b.png?q=1#f")),
                ToolCallPart.of("1", "weather", "{not json").withProviderData(DATA),
                ToolResultPart.of("1", "weather", List.of(TextPart.of("rain")), true),
                ReasoningPart.of("", "sig", true).withProviderData(DATA),
                OpaquePart.of("anthropic", "search", new JsonString("x")));
    }

    private static TokenLogprob logprob() {
        return TokenLogprob.builder("é", Double.NEGATIVE_INFINITY)
                .bytes(new byte[] {-61, -87})
                .alternatives(List.of(TokenLogprob.builder("e", -0.5).build()))
                .build();
    }

    private static Duration secs(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static WireReader overTheWire(JsonNode node) {
        return Wire.read(Wire.line(node));
    }
}
