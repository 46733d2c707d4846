package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.util.Arrays;
import java.util.List;

/** Texts to vectors. */
final class EmbeddingChecks {
    static final Area AREA =
            Area.of(
                    "embeddings",
                    new Check(
                            "every model that claims embeddings makes a vector of each text",
                            EmbeddingChecks::vectors),
                    new Check("a text has the same vector in any batch", EmbeddingChecks::batches));

    private static final List<String> TEXTS =
            List.of("Hello, world", "Something else altogether", "naïve Ωμέγα 漢字 😀");

    private EmbeddingChecks() {}

    private static EmbeddingResult embed(Questions questions, String model, List<String> texts)
            throws InterruptedException {
        Unit unit = questions.unit();
        return unit.call(
                "embed of " + model, () -> unit.binding().embed(EmbeddingRequest.of(model, texts)));
    }

    private static void vectors(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.model(Capability.EMBEDDINGS);
        for (ModelInfo model : questions.models(Capability.EMBEDDINGS)) {
            List<float[]> vectors = embed(questions, model.name(), TEXTS).vectors();
            Violation.unless(
                    vectors.size() == TEXTS.size(),
                    "%s made %d vectors of %d texts",
                    model.name(),
                    vectors.size(),
                    TEXTS.size());
            for (float[] vector : vectors) {
                isSound(model, vector, vectors.getFirst().length);
            }
        }
    }

    private static void isSound(ModelInfo model, float[] vector, int length) {
        Violation.unless(
                vector.length == length && length > 0,
                "%s made vectors of %d and of %d numbers",
                model.name(),
                length,
                vector.length);
        Violation.unless(
                model.embeddingDimensions().orElse(length) == length,
                "%s says that its vectors have %d numbers, and makes some of %d",
                model.name(),
                model.embeddingDimensions().orElse(0),
                length);
        for (float number : vector) {
            Violation.unless(
                    Float.isFinite(number), "%s made a vector with %s in it", model.name(), number);
        }
    }

    private static void batches(Trial trial) throws Exception {
        Inapplicable.unless(
                trial.subject().upstream().isEmpty(), "a mock upstream says what it was told to");
        Questions questions = trial.questions();
        String model = questions.model(Capability.EMBEDDINGS);
        float[] alone = embed(questions, model, List.of(TEXTS.get(1))).vectors().getFirst();
        float[] among = embed(questions, model, TEXTS).vectors().get(1);
        double far = 0;
        for (int i = 0; i < Math.min(alone.length, among.length); i++) {
            far = Math.max(far, Math.abs(alone[i] - among[i]));
        }
        Violation.unless(
                alone.length == among.length && far < 0.02,
                "the vector of a text alone and in a batch differ by up to %s: %s… and %s…; are they in the order of the texts?",
                far,
                Arrays.toString(Arrays.copyOf(alone, 4)),
                Arrays.toString(Arrays.copyOf(among, 4)));
    }
}
