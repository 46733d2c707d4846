package dev.bindery.binding.openai;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.Upstream;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects OpenAI and every other server that speaks its API. */
public final class OpenAiBinding extends LlmBinding {
    private static final Set<ErrorCode> OPERATORS_BUSINESS =
            Set.of(
                    ErrorCode.UPSTREAM_AUTHENTICATION,
                    ErrorCode.UPSTREAM_UNAVAILABLE,
                    ErrorCode.UPSTREAM_ERROR);

    private @Nullable Connection connection;
    private volatile Health health = Health.UP;

    /** Called by the host. */
    public OpenAiBinding() {}

    @Override
    public void start(BindingContext context) {
        connection = Connection.of(context.config());
    }

    @Override
    public void stop() {
        if (connection != null) {
            connection.upstream().close();
        }
    }

    /** Checks the settings; a fresh instance takes over with connections of its own. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        var _ = updated.as(OpenAiSettings.class).upstream();
        return false;
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public List<String> listModels() {
        return availableModels().stream().map(ModelInfo::name).toList();
    }

    @Override
    public List<ModelInfo> availableModels() {
        Connection to = connection();
        return observed(() -> new ModelListing(to.upstream(), to.settings()).read());
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Connection to = connection();
        return observed(
                () -> new GenerationCall(to.upstream(), to.settings(), request, callback).run());
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Connection to = connection();
        return observed(() -> new EmbeddingCall(to.upstream(), to.settings(), request).run());
    }

    /** The last call tells how the provider is, where it tells anything about it. */
    private <T> T observed(Supplier<T> call) {
        try {
            T result = call.get();
            health = Health.UP;
            return result;
        } catch (BindingException e) {
            if (OPERATORS_BUSINESS.contains(e.code())) {
                health = Health.degraded(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return connection;
    }

    private record Connection(Upstream upstream, OpenAiSettings settings) {
        static Connection of(TypedConfig config) {
            OpenAiSettings settings = config.as(OpenAiSettings.class);
            return new Connection(Upstream.of(settings.upstream()), settings);
        }
    }
}
