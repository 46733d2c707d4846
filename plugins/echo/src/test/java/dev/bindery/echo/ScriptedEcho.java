package dev.bindery.echo;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.testkit.upstream.MockUpstream;
import dev.bindery.testkit.upstream.Script;
import java.util.Map;

/** Plays scripts without an upstream: they travel inside of the request. */
final class ScriptedEcho implements MockUpstream {
    private static final int FOR_EVER_MS = 600_000;

    private volatile Script script = Script.USUAL;

    @Override
    public void plays(Script script) {
        this.script = script;
    }

    @Override
    public boolean canPlay(Script script) {
        return switch (script.course()) {
            case COMPLETE, REFUSE, FAIL -> !script.isInSingleBytes() && !script.isNoisy();
            case HOLD -> script.at() <= 1;
            default -> false;
        };
    }

    @Override
    public GenerationRequest cue(GenerationRequest request) {
        if (script == Script.USUAL) {
            return request;
        }
        return request.toBuilder()
                .input(said(request.input()))
                .parameters(JsonObject.of("testkit", Map.of("echo", stage())))
                .build();
    }

    private GenerationInput said(GenerationInput input) {
        return input instanceof Prompt
                ? Prompt.of(script.text())
                : Chat.of(Message.user(script.text()));
    }

    private Map<String, Object> stage() {
        return switch (script.course()) {
            case HOLD ->
                    Map.of(script.at() == 0 ? "first_token_delay_ms" : "delay_ms", FOR_EVER_MS);
            case REFUSE, FAIL ->
                    Map.of(
                            "error",
                            Map.of(
                                    "code",
                                    script.error().name(),
                                    "message",
                                    script.errorMessage(),
                                    "after_chunks",
                                    script.at()));
            default -> Map.of("finish_reason", script.finishReason().name());
        };
    }
}
