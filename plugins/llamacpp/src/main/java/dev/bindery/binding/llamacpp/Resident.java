package dev.bindery.binding.llamacpp;

import dev.bindery.api.LoadedModel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model in memory, or on its way there. For the holder of the lock of {@link Engines}. */
final class Resident {
    private @Nullable Engine engine;
    private int users = 1;
    private @Nullable Instant expires;

    /** Absent while it is being loaded. */
    Optional<Engine> engine() {
        return Optional.ofNullable(engine);
    }

    void loaded(@Nullable Engine engine) {
        this.engine = engine;
    }

    void use() {
        users++;
    }

    /** Ends one use. */
    void leave(Optional<Instant> expires) {
        users--;
        this.expires = expires.orElse(null);
    }

    boolean idle() {
        return users == 0;
    }

    /** When it goes if nobody uses it until then; absent for never. */
    Optional<Instant> expires() {
        return Optional.ofNullable(expires);
    }

    LoadedModel describe(Engine engine) {
        return LoadedModel.builder(engine.model().name())
                .memoryBytes(engine.memory())
                .contextLength(engine.context())
                .expires(idle() ? expires : null)
                .build();
    }
}
