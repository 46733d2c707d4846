package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MemoryCheckTest {
    private static final long GB = 1_000_000_000;
    private static final Map<String, ?> LARGE =
            Map.of(
                    "general.architecture", "llama",
                    "llama.context_length", 131_072,
                    "llama.block_count", 32,
                    "llama.embedding_length", 4096,
                    "llama.feed_forward_length", 14_336,
                    "llama.attention.head_count", 32,
                    "llama.attention.head_count_kv", 8);

    @TempDir Path temp;
    private final AtomicLong available = new AtomicLong(100 * GB);
    private Optional<Engines> engines = Optional.empty();

    @AfterEach
    void stop() throws InterruptedException {
        if (engines.isPresent()) {
            engines.get().stop();
        }
    }

    @Test
    void aModelThatCannotFitIsRefusedWithWhatItNeedsWhatIsThereAndWhatToDo() throws Exception {
        available.set(8 * GB);
        BindingException refused = refusal(large(5 * GB), 32_768, 4);
        assertThat(refused.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(refused)
                .hasMessageContaining("large needs about 23.3 GB")
                .hasMessageContaining("8.0 GB are there")
                .hasMessageContaining("5.0 GB for its weights")
                .hasMessageContaining("4 contexts of 32768 tokens")
                .hasMessageContaining("Set context_length to 16384 and parallel to 1")
                .hasMessageContaining("memory_check");
    }

    @Test
    void whereFewerContextsAreEnoughThatIsTheAdvice() throws Exception {
        available.set(15 * GB);
        assertThat(refusal(large(5 * GB), 32_768, 4)).hasMessageContaining("Set parallel to 2,");
    }

    @Test
    void whereTheWeightsAloneAreTooMuchOnlyAnotherModelHelps() throws Exception {
        available.set(4 * GB);
        assertThat(refusal(large(5 * GB), 4096, 1))
                .hasMessageContaining("Take a smaller quantisation");
    }

    @Test
    void theRefusalComesThroughTheBindingAndCanBeSwitchedOff() throws Exception {
        Path models = Files.createDirectories(temp.resolve("home/models"));
        Files.move(large(900 * GB), models.resolve("huge.gguf"));
        Map<String, ?> settings = Map.of("context_length", 131_072, "parallel", 64);
        LlamaCppBinding checked = Started.in(temp.resolve("home"), settings);
        assertThat(loading(checked))
                .hasMessageContaining("huge needs about")
                .hasMessageContaining("memory_check");
        LlamaCppBinding unchecked = Started.in(temp.resolve("home"), Map.of("memory_check", false));
        assertThat(loading(unchecked)).hasMessageContaining("llama.cpp cannot open");
        checked.stop();
        unchecked.stop();
    }

    private static BindingException loading(LlamaCppBinding binding) {
        return catchThrowableOfType(BindingException.class, () -> binding.buildModel("huge"));
    }

    @Test
    void modelsThatNobodyUsesMakeRoomAndThoseInUseAreWaitedFor() throws Exception {
        Engines loaded = engines();
        Settings settings = settings(512, 1);
        InstalledModel small = new InstalledModel("small", TestModel.file(), false);
        Engines.Lease lease =
                loaded.lease("small", Opening.Purpose.ANSWERS, () -> answers(small, settings));
        long need = lease.engine().memory();
        InstalledModel other =
                new InstalledModel(
                        "other",
                        Files.createSymbolicLink(temp.resolve("o.gguf"), TestModel.file()),
                        false);
        available.set(need + 50_000_000);
        BindingException refused =
                catchThrowableOfType(
                        BindingException.class,
                        () ->
                                loaded.lease(
                                        "other",
                                        Opening.Purpose.ANSWERS,
                                        () -> answers(other, settings)));
        assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refused).hasMessageContaining("in use");
        lease.close();
        loaded.lease("other", Opening.Purpose.ANSWERS, () -> answers(other, settings)).close();
        assertThat(loaded.loaded()).extracting("name").containsExactly("other");
    }

    @Test
    void theSameFileForAnotherPurposeCountsItsWeightsOnce() throws Exception {
        Engines loaded = engines();
        InstalledModel small = new InstalledModel("small", TestModel.file(), false);
        Settings settings = settings(512, 1);
        Opening vectors = Opening.of(small, settings, Opening.Purpose.EMBEDDINGS);
        try (Engines.Lease _ =
                loaded.lease("small", Opening.Purpose.ANSWERS, () -> answers(small, settings))) {
            available.set(vectors.need().total());
            loaded.lease("small", Opening.Purpose.EMBEDDINGS, () -> vectors).close();
        }
        assertThat(loaded.loaded()).hasSize(1);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads Linux's account of memory")
    void theEstimateIsNotBelowWhatTheModelTakesNorFarAboveIt() throws Exception {
        Engines loaded = engines();
        InstalledModel small = new InstalledModel("small", TestModel.file(), false);
        loaded.lease("small", Opening.Purpose.ANSWERS, () -> answers(small, settings(512, 1)))
                .close();
        long with = ProcessMemory.bytes();
        loaded.free("small");
        Settings settings = settings(8192, 4);
        long before = ProcessMemory.bytes();
        assertThat(with).isGreaterThan(before);
        try (Engines.Lease lease =
                loaded.lease("small", Opening.Purpose.ANSWERS, () -> answers(small, settings))) {
            long taken = ProcessMemory.bytes() - before;
            assertThat(lease.engine().memory())
                    .isBetween((long) (0.95 * taken), (long) (1.4 * taken));
        }
    }

    private Engines engines() {
        Engines made =
                new Engines(
                        5,
                        Optional.empty(),
                        new MemoryCheck(available::get),
                        () -> NativeLibrary.load("", List.of(temp.resolve("native"))));
        engines = Optional.of(made);
        return made;
    }

    private BindingException refusal(Path file, int context, int parallel) throws IOException {
        Opening opening =
                answers(new InstalledModel("large", file, true), settings(context, parallel));
        return new MemoryCheck(available::get).refusal(opening, List.of()).orElseThrow();
    }

    private static Opening answers(InstalledModel model, Settings settings) throws IOException {
        return Opening.of(model, settings, Opening.Purpose.ANSWERS);
    }

    private static Settings settings(int context, int parallel) {
        return TestContext.of(new LlamaCppBinding())
                .settings(Map.of("context_length", context, "parallel", parallel))
                .build()
                .config()
                .as(Settings.class);
    }

    /** A file of that size, of which only the beginning takes any space. */
    private Path large(long size) throws IOException {
        Path file = temp.resolve("large.gguf");
        Files.write(file, GgufFile.bytes(LARGE));
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(size);
        }
        return file;
    }
}
