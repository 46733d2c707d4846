package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ModelPolicy;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which models there are. */
final class ModelChecks {
    static final Area AREA =
            Area.of(
                    "models",
                    new Check("its models are listed", ModelChecks::areListed),
                    new Check("the two lists of models agree", ModelChecks::agree),
                    new Check("models claim what the card declares", ModelChecks::claims),
                    new Check("an unknown model is not found", ModelChecks::unknown),
                    new Check("a model that was freed answers again", ModelChecks::freed));

    private static final String NOWHERE = "no-such-model-9f31";

    private ModelChecks() {}

    private static List<String> listed(Unit unit) throws InterruptedException {
        return unit.call("listModels", unit.binding()::listModels);
    }

    private static void areListed(Trial trial) throws Exception {
        List<String> names = listed(trial.unit());
        Violation.unless(
                !names.isEmpty(),
                "listModels is empty, so nobody can ask anything; list what is usable now");
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            Violation.unless(
                    name != null && name.equals(name.strip()) && !name.isEmpty(),
                    "listModels has the name \"%s\"; a name is not empty and has no spaces around it",
                    name);
            Violation.unless(seen.add(name), "listModels has %s twice", name);
        }
    }

    private static void agree(Trial trial) throws Exception {
        Unit unit = trial.unit();
        Set<String> listed = new TreeSet<>(listed(unit));
        List<ModelInfo> available = unit.call("availableModels", unit.binding()::availableModels);
        Set<String> installed =
                available.stream()
                        .filter(ModelInfo::installed)
                        .map(ModelInfo::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        Violation.unless(
                listed.equals(installed),
                "listModels has %s, but the installed ones of availableModels are %s; both say what is usable now",
                listed,
                installed);
    }

    private static void claims(Trial trial) throws Exception {
        Unit unit = trial.unit();
        for (ModelInfo model : unit.call("availableModels", unit.binding()::availableModels)) {
            Set<Object> more = new HashSet<>(model.capabilities());
            more.removeAll(trial.card().capabilities());
            if (!more.isEmpty()) {
                throw new Advice(
                        "the model %s claims %s, which config.yaml does not declare, so nobody can use it"
                                .formatted(model.name(), more));
            }
        }
    }

    private static void unknown(Trial trial) throws Exception {
        Inapplicable.unless(
                trial.card().models() == ModelPolicy.CLOSED,
                "the card says `models: open`: any name is passed on");
        Questions questions = trial.questions();
        GenerationRequest request = questions.usual().model(NOWHERE).build();
        BindingException e =
                questions
                        .unit()
                        .failure(
                                "generate with a model that does not exist",
                                "MODEL_NOT_FOUND",
                                () ->
                                        questions
                                                .unit()
                                                .binding()
                                                .generate(request, GenerationCallback.IGNORE));
        mustBeNotFound(e);
    }

    private static void mustBeNotFound(BindingException e) {
        Violation.unless(
                e.code().equals(ErrorCode.MODEL_NOT_FOUND),
                "a model that does not exist gives %s, expected MODEL_NOT_FOUND",
                dev.bindery.testkit.bench.Said.of(e));
    }

    private static void freed(Trial trial) throws Exception {
        Questions questions = trial.questions();
        Unit unit = questions.unit();
        LlmBinding binding = unit.binding();
        String model = questions.usual().build().model();
        questions.answer("the first answer", questions.usual());
        unit.call("buildModel", () -> built(binding, model));
        unit.call("loadedModels", binding::loadedModels);
        unit.call("destroyModel", () -> destroyed(binding, model));
        questions.answer("the answer of a model that was freed before", questions.usual());
    }

    private static boolean built(LlmBinding binding, String model) throws Exception {
        binding.buildModel(model);
        return true;
    }

    private static boolean destroyed(LlmBinding binding, String model) throws Exception {
        binding.destroyModel(model);
        return true;
    }
}
