package dev.bindery.host.call;

import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Part;
import dev.bindery.api.TokenLogprob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a binding returned to its declared types, which generics do not. Called on the
 * binding's own thread, where a wrong type is the binding's failure and nobody else's.
 */
public final class ResultShape {
    private ResultShape() {}

    /**
     * @throws ClassCastException for a list with things of another kind in it
     */
    static @Nullable GenerationResult checked(@Nullable GenerationResult result) {
        if (result != null) {
            for (Candidate candidate : only(Candidate.class, result.candidates())) {
                List<Part> _ = only(Part.class, candidate.parts());
                List<TokenLogprob> _ = only(TokenLogprob.class, candidate.logprobs());
            }
        }
        return result;
    }

    /**
     * A list of models, of the host's own making.
     *
     * @throws ClassCastException for a list with things of another kind in it
     */
    public static List<ModelInfo> models(List<ModelInfo> models) {
        return only(ModelInfo.class, models);
    }

    /**
     * A list of models in memory, of the host's own making.
     *
     * @throws ClassCastException for a list with things of another kind in it
     */
    static List<LoadedModel> loaded(List<LoadedModel> models) {
        return only(LoadedModel.class, models);
    }

    private static <T> List<T> only(Class<T> type, List<? extends T> items) {
        return List.copyOf(items).stream().<T>map(type::cast).toList();
    }
}
