package dev.bindery.server.recall;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ToolCallPart;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.http.Asker;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.models.ModelsBehind;
import dev.bindery.server.options.RecallLimits;

/**
 * Models whose tool calls come back with what their provider attached to them, whatever the client
 * has dropped. Each key has its own memory of each instance; without keys there is one. Safe for
 * all threads.
 */
public final class RecallingModels extends ModelsBehind {
    private static final String NO_KEY = "";

    private final TurnStore turns;

    public RecallingModels(ModelRouter models, RecallLimits limits) {
        super(models);
        this.turns = new TurnStore(limits, System::nanoTime);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        if (!(request.input() instanceof Chat chat) || !concernsTools(request, chat)) {
            return super.generate(request, sink);
        }
        String asker = Asker.key().map(ApiKey::hash).orElse(NO_KEY);
        String instance = resolve(request.model()).instance();
        TurnStore.Owner owner = new TurnStore.Owner(asker, instance);
        GenerationResult result = super.generate(restored(owner, request, chat), sink);
        result.candidates().forEach(answer -> Turn.of(answer).ifPresent(t -> turns.put(owner, t)));
        return result;
    }

    private static boolean concernsTools(GenerationRequest request, Chat chat) {
        return !request.tools().isEmpty()
                || chat.messages().stream()
                        .anyMatch(message -> !message.parts(ToolCallPart.class).isEmpty());
    }

    private GenerationRequest restored(
            TurnStore.Owner owner, GenerationRequest request, Chat chat) {
        return request.toBuilder()
                .input(
                        Chat.of(
                                chat.messages().stream()
                                        .map(message -> turns.restored(owner, message))
                                        .toList()))
                .build();
    }
}
