package dev.bindery.host.embedded;

import dev.bindery.host.Home;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.CodeLoader;
import dev.bindery.host.isolation.BindingCode;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.process.StagedCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads a binding where its card wants it: in the host, or behind a process. */
final class Isolations implements CodeLoader {
    private final Home home;

    Isolations(Home home) {
        this.home = home;
    }

    @Override
    public LoadedCode load(StagedJar jar) {
        List<Path> installed = Libraries.of(home, jar.id());
        return switch (jar.card().isolation()) {
            case CLASSLOADER -> BindingCode.open(jar, installed);
            case PROCESS -> inProcess(jar, installed);
        };
    }

    private LoadedCode inProcess(StagedJar jar, List<Path> installed) {
        List<Path> libraries = Stream.concat(jar.libraries().stream(), installed.stream()).toList();
        return new ProcessCode(
                new StagedCode(jar.jar(), libraries, jar.packages()),
                home.cache().resolve("processes").resolve(jar.id()));
    }
}
