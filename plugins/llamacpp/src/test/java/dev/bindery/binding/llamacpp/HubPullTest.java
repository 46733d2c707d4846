package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.fixture.TestCancellation;
import dev.bindery.host.packages.InstancePackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HubPullTest {
    private static final String REPOSITORY = "someone/models";
    private static final byte[] MODEL = model("whole");

    @TempDir Path temp;
    private MockHub hub;
    private LlamaCppBinding binding;
    private final List<Progress> heard = new CopyOnWriteArrayList<>();
    private final ProgressListener listener = heard::add;

    @BeforeEach
    void start() throws IOException {
        hub = new MockHub();
        hub.file("README.md", new byte[] {1});
        hub.file("Small-Q4_K_M.gguf", MODEL);
        hub.file("Small-Q8_0.gguf", model("eight"));
        binding = started(Map.of());
    }

    @AfterEach
    void stop() throws InterruptedException {
        binding.stop();
        hub.close();
    }

    @Test
    void aFileOfARepositoryIsPulledAndServedUnderItsName() throws Exception {
        binding.pullModel(REPOSITORY + ":Small-Q4_K_M.gguf", listener);
        assertThat(binding.listModels()).containsExactly("someone/models:Small-Q4_K_M");
        assertThat(binding.availableModels().getFirst().sizeBytes()).hasValue(MODEL.length);
        assertThat(models().resolve("someone/models/Small-Q4_K_M.gguf")).hasBinaryContent(MODEL);
        assertThat(heard)
                .contains(Progress.of("downloading", MODEL.length, MODEL.length))
                .endsWith(Progress.of("here as someone/models:Small-Q4_K_M"));
    }

    @Test
    void aQuantisationIsEnoughWhereOneFileHasIt() throws Exception {
        binding.pullModel("hf.co/someone/models:q8_0", listener);
        binding.pullModel("https://huggingface.co/someone/models:Small-Q4_K_M", listener);
        assertThat(binding.listModels())
                .containsExactly("someone/models:Small-Q4_K_M", "someone/models:Small-Q8_0");
    }

    @Test
    void whatNamesNoFileOrSeveralIsRefusedWithThoseThereAre() {
        for (String name : List.of(REPOSITORY, REPOSITORY + ":Q2_K")) {
            BindingException refused = pulling(name);
            assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
            assertThat(refused)
                    .hasMessageContaining("Small-Q4_K_M.gguf, Small-Q8_0.gguf")
                    .hasMessageNotContaining("README");
        }
        assertThat(pulling(REPOSITORY + ":none.gguf").code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(pulling("unknown")).hasMessageContaining("OWNER/REPOSITORY:FILE");
        assertThat(pulling("../../etc:passwd")).hasMessageContaining("cannot be pulled");
        assertThat(pulling("a/b:../../c.gguf")).hasMessageContaining("cannot be pulled");
    }

    @Test
    void aModelInSeveralFilesIsThereWhenAllOfThemAre() throws Exception {
        byte[] first = model("first");
        hub.file("big/Big-00001-of-00003.gguf", first);
        hub.file("big/Big-00002-of-00003.gguf", model("second"));
        hub.file("big/Big-00003-of-00003.gguf", model("third"));
        binding.pullModel(REPOSITORY + ":big/Big-00002-of-00003.gguf", listener);
        assertThat(hub.fetched())
                .extracting(request -> request.getUrl().encodedPath())
                .containsExactly(
                        "/big/Big-00003-of-00003.gguf",
                        "/big/Big-00002-of-00003.gguf",
                        "/big/Big-00001-of-00003.gguf");
        assertThat(binding.listModels()).containsExactly("someone/models:big/Big-00001-of-00003");
        assertThat(binding.availableModels().getFirst().sizeBytes()).hasValue(3L * first.length);
        List<Progress> sizes =
                heard.stream().filter(progress -> progress.status().equals("downloading")).toList();
        assertThat(sizes).extracting(Progress::completed).isSorted();
        assertThat(sizes.getLast().completed()).isEqualTo(sizes.getLast().total().getAsLong());
        binding.deleteModel("someone/models:big/Big-00001-of-00003");
        assertThat(models()).isEmptyDirectory();
    }

    @Test
    void theTokenGoesToTheHubAndNowhereElse() throws Exception {
        hub.needs("hf_secret");
        BindingException refused = pulling(REPOSITORY + ":Small-Q4_K_M.gguf");
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_AUTHENTICATION);
        assertThat(refused).hasMessageContaining("huggingface_token");
        LlamaCppBinding known = started(Map.of("huggingface_token", "hf_secret"));
        known.pullModel(REPOSITORY + ":Small-Q4_K_M.gguf", listener);
        assertThat(known.listModels()).hasSize(1);
        assertThat(hub.fetched())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.getHeaders().get("Authorization")).isNull());
        BindingException other =
                catchThrowableOfType(
                        BindingException.class,
                        () -> known.pullModel(REPOSITORY + ":none.gguf", listener));
        assertThat(other).hasMessageNotContaining("hf_secret");
        known.stop();
    }

    @Test
    void aPullThatWasCalledOffGoesOnWhereItEndedThoughItsAddressIsSignedAnew() throws Exception {
        hub.needs("hf_secret");
        LlamaCppBinding known = started(Map.of("huggingface_token", "hf_secret"));
        String name = REPOSITORY + ":Small-Q4_K_M.gguf";
        BindingException ended =
                catchThrowableOfType(
                        BindingException.class, () -> known.pullModel(name, new Impatient()));
        assertThat(ended.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(known.listModels()).isEmpty();
        known.pullModel(name, listener);
        assertThat(known.listModels()).hasSize(1);
        assertThat(hub.fetched().getLast().getHeaders().get("Range")).matches("bytes=[1-9]\\d*-");
        assertThat(hub.fetched().getLast().getUrl().query()).isEqualTo("signature=2");
        known.stop();
    }

    @Test
    void whatIsHereIsNotFetchedAgain() throws Exception {
        binding.pullModel(REPOSITORY + ":Small-Q4_K_M.gguf", listener);
        int fetches = hub.fetched().size();
        binding.pullModel(REPOSITORY + ":Small-Q4_K_M.gguf", listener);
        assertThat(hub.fetched()).hasSize(fetches);
    }

    @Test
    void aFileWithAnotherChecksumIsRefusedAndLeavesNothing() throws Exception {
        hub.says("0".repeat(64));
        assertThat(pulling(REPOSITORY + ":Small-Q4_K_M.gguf").code())
                .isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatIsNoGgufIsRefusedAndLeavesNothing() throws Exception {
        hub.file("page.gguf", "<!doctype html>".getBytes(StandardCharsets.UTF_8));
        assertThat(pulling(REPOSITORY + ":page.gguf"))
                .hasMessageContaining("no GGUF file of version 2 or 3");
        assertThat(files()).isEmpty();
    }

    @Test
    void anAddressThatIsNoneSaysWhichSettingIsWrong() throws Exception {
        for (String url : List.of("huggingface.co", "ftp://x", "https://me:secret@host")) {
            LlamaCppBinding wrong = started(Map.of("huggingface_url", url));
            BindingException refused =
                    catchThrowableOfType(
                            BindingException.class, () -> wrong.pullModel("a/b:c.gguf", listener));
            assertThat(refused.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
            assertThat(refused)
                    .hasMessageContaining("huggingface_url")
                    .hasMessageNotContaining("secret@");
            wrong.stop();
        }
    }

    private LlamaCppBinding started(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("huggingface_url", hub.url()));
        settings.putAll(more);
        return Started.in(
                temp,
                settings,
                new InstancePackages(
                        temp.resolve("cache"), temp.resolve("lib"), List.of(models())));
    }

    private BindingException pulling(String name) {
        return catchThrowableOfType(
                BindingException.class, () -> binding.pullModel(name, listener));
    }

    private Path models() {
        return temp.resolve("models");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(models())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] model(String name) {
        byte[] header = GgufFile.bytes(Map.of("general.name", name));
        return Arrays.copyOf(header, header.length + 500_000 - name.length());
    }

    /** Has had enough after the first bytes. */
    private static final class Impatient implements ProgressListener {
        private final TestCancellation cancellation = new TestCancellation();

        @Override
        public void progress(Progress progress) {
            if (progress.completed() > 0) {
                cancellation.cancel();
            }
        }

        @Override
        public Cancellation cancellation() {
            return cancellation;
        }
    }
}
