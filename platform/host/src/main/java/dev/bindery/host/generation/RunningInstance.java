package dev.bindery.host.generation;

import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.call.CallThreads;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.presence.Roster;
import org.jspecify.annotations.Nullable;

/** One started object of a binding: what it is made of, and how it comes and goes. */
public final class RunningInstance {
    private final Generation generation;
    private final LlmBinding binding;
    private final InstanceContext context;
    private final CallThreads threads;
    private final Endpoint endpoint;
    private final LifecycleLimits limits;
    private final HealthCheck health;
    private final boolean apart;
    private volatile InstanceConfig config;
    private Roster.@Nullable Registration registration;

    RunningInstance(
            Generation generation,
            InstanceConfig config,
            LlmBinding binding,
            InstanceContext context,
            CallThreads threads,
            Endpoint endpoint,
            LifecycleLimits limits) {
        this.generation = generation;
        this.config = config;
        this.binding = binding;
        this.context = context;
        this.threads = threads;
        this.endpoint = endpoint;
        this.limits = limits;
        this.apart = config.placed(generation.card()).isApart();
        this.health = new HealthCheck(binding, threads, limits.health(), context.mask());
    }

    public Generation generation() {
        return generation;
    }

    public InstanceConfig config() {
        return config;
    }

    public void config(InstanceConfig updated) {
        config = updated;
    }

    public TypedConfig settings() {
        return context.config();
    }

    /** Whether its code runs in a process of its own. */
    boolean isApart() {
        return apart;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    CallThreads threads() {
        return threads;
    }

    /** What the binding says of itself; a fault while it says so is its answer. */
    public Health health() {
        return health.now();
    }

    /** Lets calls in, in place of a predecessor with a lower ranking. */
    public void register(Roster<Endpoint> roster, int ranking) {
        registration = roster.register(config.name(), ranking, endpoint);
    }

    /** New calls no longer find it; those that have are sent on. */
    void unregister() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
        endpoint.shut();
    }

    /**
     * Offers other settings.
     *
     * @return whether they are in force now
     * @throws LifecycleException when the binding refuses them
     */
    public boolean offer(TypedConfig updated) {
        context.mask().add(updated);
        try {
            boolean live =
                    new Lifecall(threads)
                            .get(
                                    "settingsUpdated",
                                    limits.settings(),
                                    () -> binding.settingsUpdated(updated));
            if (live) {
                context.update(updated);
            }
            return live;
        } catch (LifecycleException e) {
            throw e.masked(context.mask());
        }
    }

    /** Stops the binding and ends its threads; no call is in flight any more. */
    void stop() {
        try {
            new Lifecall(threads).run("stop", limits.stop(), binding::stop);
        } catch (LifecycleException e) {
            throw e.masked(context.mask());
        } finally {
            threads.close();
            generation.release();
        }
    }
}
