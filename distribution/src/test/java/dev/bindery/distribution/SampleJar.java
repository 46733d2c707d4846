package dev.bindery.distribution;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A third party's jar, made with nothing but what the distribution brings: its model {@code m}
 * counts slowly, and says with each number which version it is.
 *
 * @param id the binding's id
 * @param version its version
 */
public record SampleJar(String id, String version) {
    private static final int PIECES = 40;
    private static final String CLASS = "Counting";

    public String model() {
        return id + "/m";
    }

    /** The whole answer to anything. */
    public String answer() {
        return IntStream.range(0, PIECES).mapToObj(this::piece).collect(Collectors.joining());
    }

    private String piece(int number) {
        return version + ":" + number + " ";
    }

    private String source() {
        return """
        import dev.bindery.api.*;
        import java.util.List;
        public class %s extends LlmBinding {
            @Override public List<String> listModels() {
                return List.of("m");
            }
            @Override public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
                StringBuilder said = new StringBuilder();
                for (int i = 0; i < %d; i++) {
                    pause();
                    String piece = "%s:" + i + " ";
                    if (!callback.chunk(piece)) break;
                    said.append(piece);
                }
                return GenerationResult.of(said.toString());
            }
            private static void pause() {
                try {
                    Thread.sleep(25);
                } catch (InterruptedException e) {
                    throw BindingException.cancelled();
                }
            }
        }
        """
                .formatted(CLASS, PIECES, version);
    }

    private String card() {
        return """
        id: %s
        name: Counting
        author: Tests
        version: %s
        description: Counts
        url: https://example.org
        license: Apache-2.0
        """
                .formatted(id, version);
    }

    /** A jar whose class is no binding, so that it does not come to serve. */
    byte[] bytesThatFail() throws IOException {
        return SourceJar.of(card(), "None", "public class None {}");
    }

    public byte[] bytes() throws IOException {
        return SourceJar.of(card(), CLASS, source());
    }

    /** The same binding, which calls itself something else. */
    public byte[] bytesCalled(String name) throws IOException {
        String card = card().replace("name: Counting", "name: '%s'".formatted(name));
        return SourceJar.of(card, CLASS, source());
    }
}
