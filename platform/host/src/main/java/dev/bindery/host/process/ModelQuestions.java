package dev.bindery.host.process;

import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.protocol.ModelCodec;
import dev.bindery.host.protocol.ProgressCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a child is asked about its models. */
final class ModelQuestions {
    /** A list is looked up, perhaps at a provider; it is never worth waiting longer for. */
    private static final Duration LIST = Duration.ofMinutes(1);

    private ModelQuestions() {}

    static Question<List<String>> list() {
        return Question.of("listModels", nothing(), line -> line.texts("result")).within(LIST);
    }

    static Question<List<ModelInfo>> available() {
        return Question.of(
                        "availableModels", nothing(), line -> line.list("result", ModelCodec::info))
                .within(LIST);
    }

    static Question<List<LoadedModel>> loaded() {
        return Question.of(
                        "loadedModels", nothing(), line -> line.list("result", ModelCodec::loaded))
                .within(LIST);
    }

    static Question<Boolean> build(@Nullable String model) {
        return Question.of("buildModel", model(model));
    }

    static Question<Boolean> destroy(String model) {
        return Question.of("destroyModel", model(model));
    }

    static Question<Boolean> delete(String model) {
        return Question.of("deleteModel", model(model));
    }

    static Question<Boolean> pull(String model, ProgressListener listener) {
        return Question.of("pullModel", model(model))
                .hearing(progress(listener), listener.cancellation());
    }

    /** Hears the progress of long work. */
    static BiPredicate<WireReader, CallBlobs> progress(ProgressListener listener) {
        return (line, _) -> {
            line.objectIf("progress").map(ProgressCodec::decode).ifPresent(listener::progress);
            return true;
        };
    }

    private static ObjectNode model(@Nullable String model) {
        return new WireObject().text("model", model).node();
    }

    private static ObjectNode nothing() {
        return new WireObject().node();
    }
}
