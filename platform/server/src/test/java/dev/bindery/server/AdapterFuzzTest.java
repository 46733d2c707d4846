package dev.bindery.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies to which the coverage of the adapters' code leads, under the profile {@code fuzz}; in
 * every other run, good bodies and those that once did harm. Where an adapter has several
 * endpoints, the first byte says which one.
 */
class AdapterFuzzTest {
    private static final Map<String, String> GOOD = GoodBody.byPath();
    private static final List<String> OLLAMA =
            List.of(
                    "/api/chat",
                    "/api/generate",
                    "/api/embed",
                    "/api/embeddings",
                    "/api/show",
                    "/api/pull",
                    "/api/copy");
    private static final List<String> LOLLMS =
            List.of(
                    "/lollms_generate",
                    "/lollms_generate_with_images",
                    "/lollms_tokenize",
                    "/lollms_detokenize",
                    "/lollms_embed",
                    "/lollms/v1/tokenize",
                    "/lollms/v1/detokenize",
                    "/update_binding_settings",
                    "/get_active_binding_settings",
                    "/reload_binding");
    private static final List<String> ANTHROPIC =
            List.of("/v1/messages", "/v1/messages/count_tokens");

    private static Served served;
    private static BodyTrial trial;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        GoodBody.serveModel(served);
        trial = new BodyTrial(served);
    }

    @AfterAll
    static void stop() throws Exception {
        trial.close();
        served.close();
    }

    private static void send(List<String> paths, byte[] input) throws Exception {
        if (input.length > 0) {
            String path = paths.get(Math.floorMod(input[0] - '0', paths.size()));
            trial.send(path, Arrays.copyOfRange(input, 1, input.length), "a body");
            served.router.asked.clear();
            served.router.embedded.clear();
            served.router.memory.clear();
        }
    }

    private static Stream<byte[]> seeds(List<String> paths) {
        return IntStream.range(0, paths.size())
                .mapToObj(i -> (i + GOOD.get(paths.get(i))).getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> chat() {
        return seeds(List.of("/v1/chat/completions"));
    }

    @MethodSource("chat")
    @FuzzTest
    void openAiChat(byte[] input) throws Exception {
        send(List.of("/v1/chat/completions"), input);
    }

    static Stream<byte[]> completions() {
        return seeds(List.of("/v1/completions"));
    }

    @MethodSource("completions")
    @FuzzTest
    void openAiCompletions(byte[] input) throws Exception {
        send(List.of("/v1/completions"), input);
    }

    static Stream<byte[]> embeddings() {
        return seeds(List.of("/v1/embeddings"));
    }

    @MethodSource("embeddings")
    @FuzzTest
    void openAiEmbeddings(byte[] input) throws Exception {
        send(List.of("/v1/embeddings"), input);
    }

    static Stream<byte[]> responses() {
        return seeds(List.of("/v1/responses"));
    }

    @MethodSource("responses")
    @FuzzTest
    void openAiResponses(byte[] input) throws Exception {
        send(List.of("/v1/responses"), input);
    }

    static Stream<byte[]> anthropicBodies() {
        return seeds(ANTHROPIC);
    }

    @MethodSource("anthropicBodies")
    @FuzzTest
    void anthropic(byte[] input) throws Exception {
        send(ANTHROPIC, input);
    }

    static Stream<byte[]> ollamaBodies() {
        return seeds(OLLAMA);
    }

    @MethodSource("ollamaBodies")
    @FuzzTest
    void ollama(byte[] input) throws Exception {
        send(OLLAMA, input);
    }

    static Stream<byte[]> lollmsBodies() {
        return seeds(LOLLMS);
    }

    @MethodSource("lollmsBodies")
    @FuzzTest
    void lollms(byte[] input) throws Exception {
        send(LOLLMS, input);
    }
}
