package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LlmBindingTest {
    interface Rerank {}

    /** All that must be there. */
    private static class Smallest extends LlmBinding implements Rerank {
        @Override
        public List<String> listModels() {
            return List.of("one");
        }

        @Override
        public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
            List<MediaPart> images =
                    request.chat().orElseThrow().messages().getLast().parts(MediaPart.class);
            return GenerationResult.of(images.size() + " images");
        }
    }

    private final LlmBinding binding = new Smallest();

    @Test
    void whatABindingDoesNotOverrideIsUnsupported() {
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        () -> binding.embed(EmbeddingRequest.of("one", List.of("x"))),
                        () -> binding.tokenize("one", "x"),
                        () -> binding.detokenize("one", new int[0]),
                        () -> binding.pullModel("one", ProgressListener.IGNORE),
                        () -> binding.deleteModel("one"),
                        () -> binding.execute("go", Map.of(), ProgressListener.IGNORE))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            BindingException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                    .hasMessageStartingWith("this binding does not offer ");
        }
    }

    @Test
    void theDefaultsAreHarmless() throws Exception {
        binding.install();
        binding.stop();
        binding.uninstall();
        binding.buildModel(null);
        binding.destroyModel("one");

        assertThat(binding.health()).isEqualTo(Health.UP);
        assertThat(binding.loadedModels()).isEmpty();
        assertThat(binding.settingsUpdated(TypedConfig.EMPTY)).isFalse();
        assertThat(binding.availableModels()).extracting(ModelInfo::name).containsExactly("one");
        assertThat(binding.countTokens(GenerationRequest.prompt("one", "12345678").build()))
                .isEqualTo(TokenCount.about(2));
    }

    @Test
    void imagesReachGenerateInTheirPlace() throws Exception {
        GenerationRequest request =
                GenerationRequest.chat("one", List.of(Message.user("look"))).build();
        List<Blob> images = List.of(Blob.of("image/png", new byte[1]));

        assertThat(binding.generateWithImages(request, images, GenerationCallback.IGNORE).text())
                .isEqualTo("1 images");
    }

    @Test
    void aRoleIsFoundWhereTheBindingHasIt() {
        assertThat(binding.extension(Rerank.class)).contains((Smallest) binding);
        assertThat(binding.extension(Runnable.class)).isEmpty();
    }

    @Test
    void theContextIsThereOnceItIsAttached() {
        assertThatIllegalStateException()
                .isThrownBy(binding::context)
                .withMessage("the context is there from install or start on");
        BindingContext context =
                (BindingContext)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {BindingContext.class},
                                (_, _, _) -> null);

        binding.attach(context);

        assertThat(binding.context()).isSameAs(context);
        assertThatIllegalStateException().isThrownBy(() -> binding.attach(context));
    }
}
