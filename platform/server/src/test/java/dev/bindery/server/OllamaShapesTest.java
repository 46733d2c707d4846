package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Operation;
import dev.bindery.api.Timings;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.Usage;
import dev.bindery.host.AnswerSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The same requests that a real Ollama server was asked, and the shapes of its answers. */
class OllamaShapesTest {
    private static final Set<String> EXACT = Set.of("role", "done_reason", "version");
    private static final Set<String> TIMES = Set.of("created_at", "modified_at", "expires_at");
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        ModelInfo info =
                ModelInfo.builder("smollm2")
                        .family("llama")
                        .format("gguf")
                        .parameterSize("134.52M")
                        .quantization("Q4_1")
                        .sizeBytes(98_363_007L)
                        .modified(Instant.EPOCH)
                        .build();
        served.router.serve(
                "local",
                info,
                OllamaShapesTest::answer,
                Capability.CHAT,
                Capability.COMPLETION,
                Capability.EMBEDDINGS);
        served.router.loaded.put("local", List.of(LoadedModel.of("smollm2")));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static GenerationResult answer(GenerationRequest request, AnswerSink sink) {
        if (!request.tools().isEmpty()) {
            throw BindingException.unsupported("\"local/smollm2\" does not support tools");
        }
        Answer answer = new Answer(sink);
        answer.on(Operation.chunk("Hello "));
        if (request.logprobs().isPresent()) {
            TokenLogprob other = TokenLogprob.builder("I", -2.5).build();
            answer.on(
                    Operation.logprobs(
                            List.of(
                                    TokenLogprob.builder("Hello ", -0.5)
                                            .alternatives(List.of(other))
                                            .build())));
        }
        answer.on(Operation.chunk("there"));
        boolean stopped = !request.sampling().stop().isEmpty();
        Duration some = Duration.ofNanos(1_234_567);
        return answer.result(stopped ? FinishReason.STOP : FinishReason.LENGTH).toBuilder()
                .usage(Usage.of(12, 2))
                .timings(Timings.builder().load(some).prompt(some).generation(some).build())
                .build();
    }

    record Case(
            String name,
            String method,
            String path,
            String body,
            String head,
            List<String> frames) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws Exception {
        Path file = Path.of(OllamaShapesTest.class.getResource("/ollama-shapes.txt").toURI());
        return Arrays.stream(Files.readString(file).split("\n## ", -1))
                .skip(1)
                .map(text -> text.strip().split("\n", -1))
                .map(lines ->
                        new Case(
                                lines[0],
                                lines[1].split(" ", -1)[0],
                                lines[1].split(" ", -1)[1],
                                lines[2].equals("-") ? "" : lines[2],
                                lines[3],
                                List.of(lines).subList(4, lines.length)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAnswerHasTheShapeOfOllamasOwn(Case asked) throws Exception {
        try (RawHttp http = served.connect()) {
            http.request(asked.method(), asked.path(), "Content-Length: " + asked.body().length());
            RawHttp.Answer answer = http.send(asked.body()).answer();
            assertThat(answer.status() + " " + answer.header("Content-Type"))
                    .as(answer.body())
                    .isEqualTo(asked.head());
            boolean exact = asked.frames().stream().noneMatch(line -> line.contains("error:text"));
            assertThat(shapes(answer.body(), exact)).isEqualTo(asked.frames());
        }
    }

    private static List<String> shapes(String body, boolean exactErrors) {
        List<String> shapes = new ArrayList<>();
        for (String line : body.strip().lines().toList()) {
            String shape = shape("", json(line), exactErrors);
            if (shapes.isEmpty() || !shapes.getLast().equals(shape)) {
                shapes.add(shape);
            }
        }
        return shapes;
    }

    private static String shape(String name, JsonNode node, boolean exactErrors) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(field ->
                            field.getKey()
                                    + ":"
                                    + shape(field.getKey(), field.getValue(), exactErrors))
                    .collect(Collectors.joining(" ", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream()
                    .map(item -> shape("", item, exactErrors))
                    .max(Comparator.comparingInt(String::length))
                    .map(longest -> "[" + longest + "]")
                    .orElse("[]");
        }
        if (TIMES.contains(name)) {
            return Instant.parse(node.stringValue()).isAfter(Instant.MIN) ? "time" : "none";
        }
        if (node.isString()) {
            boolean exact = EXACT.contains(name) || (name.equals("error") && exactErrors);
            return exact ? "=" + node.stringValue() : "text";
        }
        return node.isBoolean() ? node.toString() : node.isIntegralNumber() ? "whole" : "number";
    }
}
