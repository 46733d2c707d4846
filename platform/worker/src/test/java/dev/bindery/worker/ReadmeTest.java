package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Blob;
import dev.bindery.api.Cancellation;
import dev.bindery.host.protocol.BlobReader;
import dev.bindery.host.protocol.BlobWriter;
import dev.bindery.host.protocol.CardCodec;
import dev.bindery.host.protocol.ConfigCodec;
import dev.bindery.host.protocol.EmbeddingCodec;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.ModelCodec;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.ProgressCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.RetryCodec;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every example of the README is what the code reads, and has no field that the code skips. */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```json ([a-z-]+)\\n(.*?)\\n *```", Pattern.DOTALL);

    /** What the code writes for a value that says nothing, and the README for clarity. */
    private static final Set<String> MAY_BE_LEFT_OUT =
            Set.of("redacted", "isError", "verbose", "echo", "logprobs", "help", "value");

    private static final BlobReader BLOBS =
            (id, mediaType, length) ->
                    Blob.of(
                            mediaType,
                            length,
                            () -> {
                                throw new IOException(id);
                            });

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsWhatTheCodeReads(String kind, String text) {
        WireReader wire = Wire.read(text.getBytes(UTF_8));

        JsonNode again = again(kind, wire);

        Set<String> skipped = names(wire.node(), new TreeSet<>());
        skipped.removeAll(names(again, new TreeSet<>()));
        skipped.removeAll(MAY_BE_LEFT_OUT);
        assertThat(skipped).isEmpty();
    }

    @Test
    void theTableNamesTheMethodsOfTheWorker() throws IOException {
        String readme = readme();

        assertThat(Methods.names())
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    static Stream<String[]> examples() throws IOException {
        return EXAMPLE.matcher(readme()).results().flatMap(ReadmeTest::examples);
    }

    private static Stream<String[]> examples(MatchResult block) {
        Stream<String> texts =
                block.group(1).equals("lines") ? block.group(2).lines() : Stream.of(block.group(2));
        return texts.map(text -> new String[] {block.group(1), text});
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static JsonNode again(String kind, WireReader wire) {
        return switch (kind) {
            case "request" ->
                    RequestCodec.encode(
                            RequestCodec.decode(wire, BLOBS, Cancellation.NONE), writer());
            case "lines", "reply" -> line(wire);
            case "embedding-request" ->
                    EmbeddingCodec.encode(EmbeddingCodec.request(wire, Cancellation.NONE));
            case "vectors" -> {
                assertThat(EmbeddingCodec.result(wire).vectors())
                        .containsExactly(new float[] {1.0f, -0.5f});
                yield EmbeddingCodec.encode(EmbeddingCodec.result(wire));
            }
            case "model" -> ModelCodec.encode(ModelCodec.info(wire));
            case "loaded" -> ModelCodec.encode(ModelCodec.loaded(wire));
            case "error" -> FailureCodec.encode(FailureCodec.decode(wire));
            case "setup" -> setup(wire);
            case "greeting", "handshake", "call", "event" -> known(kind, wire);
            default -> throw new AssertionError("an example of an unknown kind: " + kind);
        };
    }

    private static JsonNode line(WireReader wire) {
        JsonNode node = wire.node();
        String name = node.propertyNames().iterator().next();
        JsonNode value =
                switch (name) {
                    case "operation" ->
                            OperationCodec.encode(
                                    OperationCodec.decode(wire.object(name), BLOBS), writer());
                    case "progress" ->
                            ProgressCodec.encode(ProgressCodec.decode(wire.object(name)));
                    case "error" -> FailureCodec.encode(FailureCodec.decode(wire.object(name)));
                    case "result" ->
                            wire.has(name)
                                    ? ResultCodec.encode(
                                            ResultCodec.decode(wire.object(name), BLOBS), writer())
                                    : node.get(name);
                    case RetryCodec.TAKEN -> RetryCodec.taken(wire.intIf(name).getAsInt());
                    default -> throw new AssertionError("a line with an unknown name: " + name);
                };
        return new WireObject().node(name, value).node();
    }

    private static JsonNode setup(WireReader wire) {
        CardCodec.decode(wire.object("card"));
        ConfigCodec.decode(wire.object("config"));
        return known("setup", wire);
    }

    private static JsonNode known(String kind, WireReader wire) {
        Map<String, Set<String>> fields =
                Map.of(
                        "greeting", Set.of("protocol", "secret"),
                        "handshake", Set.of("protocol", "port", "methods", "processGroup"),
                        "call", Set.of("method", "arguments"),
                        "event", Set.of("event", "level", "message", "id", "method", "arguments"),
                        "setup",
                                Set.of(
                                        "instance",
                                        "card",
                                        "config",
                                        "installOption",
                                        "dataDirectory",
                                        "modelsDirectory",
                                        "logLevel",
                                        "code"));
        assertThat(fields.get(kind)).containsAll(wire.node().propertyNames());
        return wire.node();
    }

    private static BlobWriter writer() {
        return _ -> "c7.q1";
    }

    private static Set<String> names(JsonNode node, Set<String> names) {
        node.forEachEntry((name, value) -> {
            names.add(name);
            names(value, names);
        });
        if (node.isArray()) {
            node.forEach(item -> names(item, names));
        }
        return names;
    }
}
