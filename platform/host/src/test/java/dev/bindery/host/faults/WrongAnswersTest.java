package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.BindingState;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are none, are of the wrong kind, come at the wrong time or in the wrong amount. */
class WrongAnswersTest {
    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return null;",
                "return GenerationResult.builder().candidates((List) List.of(\"text\")).build();",
                "return GenerationResult.of(Candidate.builder().parts((List) List.of(1, 2)).build());",
                "callback.on(null); return GenerationResult.of(\"\");",
                "callback.chunk(null); return GenerationResult.of(\"\");",
                "callback.on(Operation.chunk(\"x\").withCandidate(-1)); return GenerationResult.of(\"\");",
                "callback.on(Operation.chunk(\"x\").withCandidate(Integer.MAX_VALUE)); return GenerationResult.of(\"\");"
            })
    void aResultOfNothingOrOfWrongTypesIsTheBindingsFailure(String generate) {
        BindingException failure = faulty.failureOf(generate);
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure).hasMessageContaining("the binding failed: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return null;",
                "return (List) List.of(1, 2);",
                "return Arrays.asList(\"m\", null);",
                "return new AbstractList<String>() { public String get(int i) { throw new Error(); } public int size() { return 3; } };"
            })
    void aListOfModelsThatIsNoneLeavesTheCallsAlone(String list) {
        String id = faulty.newId();
        faulty.home()
                .install(
                        BindingJar.of(
                                        id,
                                        "1.0.0",
                                        """
                                        @SuppressWarnings("all") public List<String> listModels() { %s }
                                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return GenerationResult.of("fine"); }
                                        """
                                                .formatted(list))
                                .text("config.yaml", BindingJar.card(id, "1.0.0", "models: open")));
        assertThat(faulty.status(id).state()).isEqualTo(BindingState.ACTIVE);
        assertThat(faulty.home().ask(id + "/m")).isEqualTo("fine");
        assertThat(faulty.host().models().models()).isNotEmpty();
        assertThat(faulty.host().models().availableModels()).isNotEmpty();
    }

    @Test
    void aTextThatDiffersFromItsOperationsIsSaid() {
        String id =
                faulty.installGenerating(
                        "callback.chunk(\"said\"); return GenerationResult.of(\"written\");");
        StringBuilder heard = new StringBuilder();
        faulty.host()
                .models()
                .generate(
                        HostHome.request(id + "/m"),
                        operation -> {
                            heard.append(operation.text());
                            return true;
                        });
        assertThat(heard).hasToString("said");
        assertThat(faulty.home().events())
                .contains(id + " the binding returns a text that differs");
    }

    @Test
    void aMillionPiecesArriveWhole() {
        String id =
                faulty.installGenerating(
                        """
                        for (int i = 0; i < 1_000_000; i++) if (!callback.chunk("x")) throw new AssertionError();
                        return GenerationResult.of("x".repeat(1_000_000));
                        """);
        assertThat(heard(id)).isEqualTo(1_000_000);
    }

    @Test
    void tenMegabytesInOnePieceArriveWhole() {
        String id =
                faulty.installGenerating(
                        """
                        callback.chunk("y".repeat(10 << 20));
                        return GenerationResult.of("y".repeat(10 << 20));
                        """);
        assertThat(heard(id)).isEqualTo(10 << 20);
    }

    private static long heard(String id) {
        AtomicLong heard = new AtomicLong();
        faulty.host()
                .models()
                .generate(
                        HostHome.request(id + "/m"),
                        operation -> {
                            heard.addAndGet(operation.text().length());
                            return true;
                        });
        return heard.get();
    }

    @Test
    void brokenSurrogatesAreText() {
        String text =
                faulty.answerOf(
                        "callback.chunk(\"\\ud83d\"); callback.chunk(\"\\ude00 \\udc00\"); return GenerationResult.of(\"\\ud83d\\ude00 \\udc00\");");
        assertThat(text).isEqualTo("\ud83d\ude00 \udc00");
    }

    @Test
    void manyThreadsCallingBackLoseNothing() {
        String id =
                faulty.installGenerating(
                        """
                        List<Thread> threads = new ArrayList<>();
                        for (int t = 0; t < 32; t++) threads.add(Thread.ofPlatform().start(() -> {
                            for (int i = 0; i < 500; i++) callback.chunk("ab");
                        }));
                        for (Thread thread : threads) thread.join();
                        return GenerationResult.of("ab".repeat(16_000));
                        """);
        assertThat(heard(id)).isEqualTo(32_000);
    }

    @Test
    void afterItsEndAndAfterANoTheCallbackSaysNoForEver() {
        String id =
                faulty.installGenerating(
                        """
                        var file = context().dataDirectory().resolve("late");
                        while (callback.chunk("x")) { }
                        int again = 0;
                        for (int i = 0; i < 1000; i++) if (callback.chunk("x")) again++;
                        int before = again;
                        Thread.ofPlatform().daemon().start(() -> {
                            try {
                                int late = 0;
                                for (int i = 0; i < 1000; i++) if (callback.chunk("late")) late++;
                                java.nio.file.Files.writeString(file, before + " " + late);
                            } catch (Exception e) { throw new AssertionError(e); }
                        });
                        return GenerationResult.of("");
                        """);
        StringBuilder heard = new StringBuilder();
        faulty.host()
                .models()
                .generate(
                        HostHome.request(id + "/m"),
                        operation -> heard.append(operation.text()).length() < 3);
        assertThat(heard).hasToString("xxx");
        Path file = faulty.host().home().data().resolve(id).resolve("late");
        Wait.until("it has tried", () -> Files.exists(file) && Files.size(file) > 0);
        assertThat(file).content().isEqualTo("0 0");
    }
}
