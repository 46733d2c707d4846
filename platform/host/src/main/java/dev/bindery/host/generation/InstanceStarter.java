package dev.bindery.host.generation;

import dev.bindery.api.BindingCard;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.Home;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.Placement;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.call.CallThreads;
import dev.bindery.host.call.Endpoint;
import dev.bindery.host.call.ModelSnapshot;
import dev.bindery.host.call.ResultShape;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.LimitsOf;
import dev.bindery.host.isolation.LoadedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes running instances out of generations. */
public final class InstanceStarter {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceStarter.class);

    private final Home home;
    private final HostNotices notices;
    private final Packages packages;
    private final ModelRouter router;
    private final LifecycleLimits limits;

    /**
     * @param router leads to other instances, where the operator lets one use them
     */
    public InstanceStarter(
            Home home,
            HostNotices notices,
            Packages packages,
            ModelRouter router,
            LifecycleLimits limits) {
        this.home = home;
        this.notices = notices;
        this.packages = packages;
        this.router = router;
        this.limits = limits;
    }

    /**
     * Starts an instance; calls do not find it yet.
     *
     * @param predecessor whose list of models it begins with
     * @throws LifecycleException when it does not start; nothing is left of it then
     * @throws dev.bindery.host.HostException when it cannot run where it is to
     */
    public RunningInstance start(
            Generation generation,
            InstanceConfig config,
            TypedConfig settings,
            Optional<RunningInstance> predecessor) {
        BindingCard card = generation.card();
        String threadName = config.name() + "#" + generation.number();
        LoadedCode code = code(generation, config.placement().over(card));
        CallThreads threads = new CallThreads(threadName, card.threads(), code.contextLoader());
        generation.hold();
        try {
            InstanceContext context = context(generation, config, settings, threads);
            LlmBinding binding = started(code, context, threads);
            return serving(generation, config, binding, context, threads, predecessor);
        } catch (IOException e) {
            discard(generation, threads);
            throw new LifecycleException("its folders cannot be made: " + e);
        } catch (RuntimeException | LinkageError e) {
            discard(generation, threads);
            throw e;
        }
    }

    private static LoadedCode code(Generation generation, Placement placement) {
        try {
            return generation.code(placement);
        } catch (RefusedJarException e) {
            throw new LifecycleException(String.valueOf(e.getMessage()));
        }
    }

    private RunningInstance serving(
            Generation generation,
            InstanceConfig config,
            LlmBinding binding,
            InstanceContext context,
            CallThreads threads,
            Optional<RunningInstance> predecessor) {
        BindingCard card = generation.card();
        ModelSnapshot models =
                new ModelSnapshot(config.name(), card, timeOf(generation.jar().jar()));
        predecessor.ifPresent(old -> models.inherit(old.endpoint().models()));
        list(binding, models, threads);
        Endpoint endpoint =
                new Endpoint(
                        config.name(),
                        card,
                        binding,
                        threads,
                        LimitsOf.config(config.limits(), card.concurrency()),
                        models,
                        generation.reports(),
                        context.mask(),
                        mayInterrupt(card, config));
        return new RunningInstance(generation, config, binding, context, threads, endpoint, limits);
    }

    private static Instant timeOf(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException _) {
            return Instant.now();
        }
    }

    /**
     * An interrupt can break a connection that others share; and a child interrupts its own calls,
     * while the thread here only waits for it.
     */
    private static boolean mayInterrupt(BindingCard card, InstanceConfig config) {
        return !card.uses().containsKey("http") && !config.placed(card).isApart();
    }

    private LlmBinding started(LoadedCode code, InstanceContext context, CallThreads threads) {
        Lifecall lifecall = new Lifecall(threads);
        try {
            LlmBinding binding = lifecall.get("the constructor", limits.start(), code::newBinding);
            binding.attach(context);
            lifecall.run("start", limits.start(), () -> binding.start(context));
            return binding;
        } catch (LifecycleException e) {
            throw e.masked(context.mask());
        }
    }

    private static void discard(Generation generation, CallThreads threads) {
        threads.close();
        generation.release();
    }

    private InstanceContext context(
            Generation generation, InstanceConfig config, TypedConfig settings, CallThreads threads)
            throws IOException {
        String id = generation.card().id();
        InstanceFolders folders =
                new InstanceFolders(home.data().resolve(config.name()), home.models().resolve(id))
                        .create();
        return new InstanceContext(
                config.name(),
                generation.card(),
                settings,
                folders,
                packages.of(id, folders),
                threads.executor(),
                new InstanceModels(config.name(), config.calls(), router),
                notices);
    }

    /** Asks for the models, but waits for a slow provider only a moment: the list follows then. */
    private void list(LlmBinding binding, ModelSnapshot models, CallThreads threads) {
        CountDownLatch listed = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                models.replace(ResultShape.models(binding.availableModels()));
            } catch (Throwable e) {
                LOG.debug("no list of models yet: {}", e.getClass().getName());
            } finally {
                listed.countDown();
            }
        });
        try {
            boolean _ = listed.await(limits.firstList().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
