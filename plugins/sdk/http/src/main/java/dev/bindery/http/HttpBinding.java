package dev.bindery.http;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TypedConfig;
import java.util.List;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A binding that has one way to its provider, made from the settings at the start and closed at the
 * stop. New settings are tried by making another; a fresh instance then takes over with connections
 * of its own.
 *
 * @param <P> what calls are made through: the {@link Upstream} with what else the settings say
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class HttpBinding<P extends HttpBinding.Connected> extends LlmBinding {
    private final ProviderHealth health = new ProviderHealth();
    private @Nullable P provider;

    /** For a binding's constructor. */
    protected HttpBinding() {}

    /** What holds connections to a provider. */
    @FunctionalInterface
    public interface Connected {
        /** The way to it; closed when the instance stops. */
        Upstream upstream();

        /** Closes what there is to close; one with several ways closes them all. */
        default void close() {
            upstream().close();
        }
    }

    /**
     * Makes the way to the provider; connects to nothing yet.
     *
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    protected abstract P connect(TypedConfig config);

    /**
     * The way to the provider.
     *
     * @throws IllegalStateException before the start
     */
    protected final P provider() {
        if (provider == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return provider;
    }

    /** Makes a call to the provider, and remembers for {@link #health()} how it went. */
    protected final <T> T observed(Supplier<T> call) {
        return health.observed(call);
    }

    @Override
    public final void start(BindingContext context) {
        provider = connect(context.config());
    }

    @Override
    public final void stop() {
        if (provider != null) {
            provider.close();
        }
    }

    /** Checks the settings; a fresh instance takes over with connections of its own. */
    @Override
    public final boolean settingsUpdated(TypedConfig updated) {
        connect(updated).close();
        return false;
    }

    @Override
    public final Health health() {
        return health.health();
    }

    /** What is known of the models; the names of {@link #listModels} are theirs. */
    @Override
    public abstract List<ModelInfo> availableModels();

    @Override
    public List<String> listModels() {
        return availableModels().stream().map(ModelInfo::name).toList();
    }
}
