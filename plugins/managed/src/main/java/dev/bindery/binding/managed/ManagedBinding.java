package dev.bindery.binding.managed;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TypedConfig;
import dev.bindery.openai.OpenAiClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a local model server, keeps it running, and talks to it as OpenAI's API has it. */
public final class ManagedBinding extends LlmBinding {
    private @Nullable Supervisor supervisor;
    private @Nullable ModelName name;

    /** Called by the host. */
    public ManagedBinding() {}

    /** Returns at once: a large model takes minutes, and requests wait for it. */
    @Override
    public void start(BindingContext context) {
        ManagedSettings settings = context.config().as(ManagedSettings.class);
        Server server = Server.of(settings, context.dataDirectory());
        Supervisor started = new Supervisor(server, context.logger());
        name = server.modelName();
        supervisor = started;
        context.executor().execute(started);
    }

    @Override
    public void stop() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    /** Checks the settings; the server is started anew with them. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        var _ = Server.of(updated.as(ManagedSettings.class), context().dataDirectory());
        return false;
    }

    @Override
    public Health health() {
        return supervisor().health();
    }

    @Override
    public List<String> listModels() {
        return availableModels().stream().map(ModelInfo::name).toList();
    }

    /** What the server lists; while it does not, the model that it is started with. */
    @Override
    public List<ModelInfo> availableModels() {
        try {
            return supervisor()
                    .serving(Optional.of(Duration.ZERO), Cancellation.NONE)
                    .ask(OpenAiClient::availableModels)
                    .stream()
                    .map(name()::shown)
                    .toList();
        } catch (BindingException _) {
            return List.of(ModelInfo.of(name().served()));
        }
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return supervisor()
                .serving(request.remaining(), request.cancellation())
                .ask(client -> client.generate(name().asked(request), callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return supervisor()
                .serving(Optional.empty(), request.cancellation())
                .ask(client -> client.embed(name().asked(request)));
    }

    @Override
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener)
            throws Exception {
        return switch (command) {
            case "restart" -> {
                supervisor().restart();
                yield JsonValue.of("the server is started anew");
            }
            case "output" ->
                    JsonValue.of(supervisor().output().stream().collect(Collectors.joining("\n")));
            default -> super.execute(command, arguments, listener);
        };
    }

    private ModelName name() {
        return started(name);
    }

    private Supervisor supervisor() {
        return started(supervisor);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return part;
    }
}
