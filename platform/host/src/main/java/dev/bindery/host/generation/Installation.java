package dev.bindery.host.generation;

import dev.bindery.api.BindingException;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.RequiredPackage;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.Home;
import dev.bindery.host.Placement;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.call.CallThreads;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.isolation.LoadedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a binding's {@code install}, and fetches the packages that its card requires, once for each
 * version of its jar. Called for one binding by one thread at a time.
 */
public final class Installation {
    private final Home home;
    private final HostNotices notices;
    private final Packages packages;
    private final LifecycleLimits limits;

    public Installation(Home home, HostNotices notices, Packages packages, LifecycleLimits limits) {
        this.home = home;
        this.notices = notices;
        this.packages = packages;
        this.limits = limits;
    }

    /** Fetches the required packages, before anything is loaded. */
    void prepare(StagedJar jar) {
        if (isDone(jar)) {
            return;
        }
        try {
            for (RequiredPackage wanted : jar.card().packages()) {
                packages.of(jar.id(), folders(jar.id()))
                        .install(
                                wanted.maven(),
                                wanted.sha256().orElse(null),
                                ProgressListener.IGNORE);
            }
        } catch (BindingException e) {
            throw LifecycleException.of("installing packages", e);
        }
    }

    /** Runs {@code install} on an object of its own, which runs so. */
    void install(Generation generation, Placement placement) {
        StagedJar jar = generation.jar();
        if (isDone(jar)) {
            return;
        }
        LoadedCode code = generation.code(placement);
        try (CallThreads threads =
                new CallThreads(
                        jar.id() + "-install", jar.card().threads(), code.contextLoader())) {
            Lifecall lifecall = new Lifecall(threads);
            LlmBinding binding = lifecall.get("the constructor", limits.start(), code::newBinding);
            binding.attach(context(jar, threads));
            lifecall.run("install", limits.install(), binding::install);
            AtomicFiles.write(marker(jar), "installed\n");
        } catch (IOException e) {
            throw new LifecycleException("what was installed cannot be noted: " + e);
        }
    }

    private InstanceContext context(StagedJar jar, CallThreads threads) {
        TypedConfig defaults =
                new TypedConfig(jar.card().settings(), dev.bindery.api.BaseConfig.EMPTY);
        return new InstanceContext(
                jar.id(),
                jar.card(),
                defaults,
                folders(jar.id()),
                packages.of(jar.id(), folders(jar.id())),
                threads.executor(),
                NoModels.NONE,
                notices);
    }

    private InstanceFolders folders(String id) {
        try {
            return new InstanceFolders(home.data().resolve(id), home.models().resolve(id)).create();
        } catch (IOException e) {
            throw new LifecycleException("its folders cannot be made: " + e);
        }
    }

    private static boolean isDone(StagedJar jar) {
        return Files.exists(marker(jar));
    }

    private static Path marker(StagedJar jar) {
        return jar.folder().resolve("installed");
    }
}
