package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Sampling;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.util.List;
import java.util.Set;

/**
 * What a binding is asked, in a form that its models understand; and what holds of every answer,
 * whatever it was asked.
 */
final class Questions {
    private final Trial trial;
    private final Unit unit;
    private final List<ModelInfo> models;

    private Questions(Trial trial, Unit unit, List<ModelInfo> models) {
        this.trial = trial;
        this.unit = unit;
        this.models = models;
    }

    static Questions of(Trial trial) throws Exception {
        Unit unit = trial.unit();
        LlmBinding binding = unit.binding();
        List<String> chosen = trial.subject().models();
        List<ModelInfo> all =
                unit.call("availableModels", binding::availableModels).stream()
                        .filter(ModelInfo::installed)
                        .filter(model -> chosen.isEmpty() || chosen.contains(model.name()))
                        .toList();
        Inapplicable.unless(!all.isEmpty(), "the binding has no model to ask");
        return new Questions(trial, unit, all);
    }

    Unit unit() {
        return unit;
    }

    /** The models that claim a capability: the card's, where they do not say. */
    List<ModelInfo> models(Capability capability) {
        return trial.card().can(capability)
                ? models.stream().filter(model -> claims(model, capability)).toList()
                : List.of();
    }

    private static boolean claims(ModelInfo model, Capability capability) {
        Set<Capability> own = model.capabilities();
        return own.isEmpty() || own.contains(capability);
    }

    /** The first model that claims it. */
    String model(Capability capability) {
        return models(capability).stream()
                .findFirst()
                .map(ModelInfo::name)
                .orElseThrow(() -> new Inapplicable("no model claims " + capability));
    }

    /** The usual question to the first model that generates. */
    GenerationRequest.Builder usual() {
        return ask(trial.subject().prompt());
    }

    GenerationRequest.Builder ask(String text) {
        List<ModelInfo> chat = models(Capability.CHAT);
        if (!chat.isEmpty()) {
            return chat(chat.getFirst().name(), text);
        }
        return prompt(model(Capability.COMPLETION), text);
    }

    GenerationRequest.Builder chat(String model, String text) {
        return chat(model, List.of(Message.user(text)));
    }

    GenerationRequest.Builder chat(String model, List<Message> messages) {
        return usual(GenerationRequest.chat(model, messages));
    }

    GenerationRequest.Builder prompt(String model, String text) {
        return usual(GenerationRequest.prompt(model, text));
    }

    private GenerationRequest.Builder usual(GenerationRequest.Builder request) {
        request.streaming(true).maxTokens(trial.subject().maxTokens());
        return trial.subject().upstream().isPresent()
                ? request
                : request.sampling(Sampling.builder().temperature(0.0).build());
    }

    /** As the upstream wants it, where there is one. */
    GenerationRequest cued(GenerationRequest.Builder request) {
        GenerationRequest built = request.build();
        return trial.subject().upstream().map(up -> up.cue(built)).orElse(built);
    }

    /** Asks; the answer may be an error, but not an unsound one. */
    Heard hear(GenerationRequest.Builder request) throws InterruptedException {
        return sound(unit.hear(cued(request)));
    }

    /** Asks for an answer that must not fail. */
    Heard answer(String what, GenerationRequest.Builder request) throws InterruptedException {
        Heard heard = hear(request);
        heard.orFail(what);
        return heard;
    }

    /** An answer that was cancelled while the upstream held it back, having begun it. */
    static void hasNotFailed(Heard cancelled) {
        cancelled
                .failure()
                .filter(e -> !e.code().equals(ErrorCode.CANCELLED))
                .ifPresent(e -> {
                    throw Violation.of(
                            "the upstream has sent a first piece and goes on, but the call failed with %s",
                            Said.of(e));
                });
    }

    /** What every answer has to be like. */
    static Heard sound(Heard heard) {
        for (String fault : heard.faults()) {
            throw new Violation(fault);
        }
        heard.result().ifPresent(result -> agree(heard, result));
        return heard;
    }

    private static void agree(Heard heard, dev.bindery.api.GenerationResult result) {
        for (int i = 0; i < result.candidates().size(); i++) {
            int candidate = i;
            String text = result.candidates().get(i).text();
            boolean silent =
                    heard.pieces().stream().noneMatch(piece -> piece.candidate() == candidate);
            Violation.unless(
                    silent || text.equals(heard.text(i)),
                    "the operations add up to %s, but the result's text is %s; let class Answer add them up, so that the two cannot differ",
                    Said.quoted(heard.text(i)),
                    Said.quoted(text));
        }
    }
}
