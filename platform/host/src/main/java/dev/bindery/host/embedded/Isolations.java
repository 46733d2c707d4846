package dev.bindery.host.embedded;

import dev.bindery.host.Home;
import dev.bindery.host.Placement;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.CodeLoader;
import dev.bindery.host.isolation.BindingCode;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.process.ChildCommand;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProgramCommand;
import dev.bindery.host.process.StagedCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads a binding where its card or its operator wants it: in the host, or behind a process. */
final class Isolations implements CodeLoader {
    private final Home home;

    Isolations(Home home) {
        this.home = home;
    }

    @Override
    public LoadedCode load(StagedJar jar, Placement placement) {
        List<Path> installed = Libraries.of(home, jar.id());
        return switch (placement.isolation().orElseThrow()) {
            case CLASSLOADER -> BindingCode.guarded(jar, installed);
            case PROCESS -> inProcess(jar, placement, installed);
        };
    }

    private LoadedCode inProcess(StagedJar jar, Placement placement, List<Path> installed) {
        List<Path> libraries = Stream.concat(jar.libraries().stream(), installed.stream()).toList();
        return new ProcessCode(
                command(jar, placement),
                new StagedCode(jar.jar(), libraries, jar.packages()),
                home.cache().resolve("processes").resolve(jar.id()));
    }

    private static ChildCommand command(StagedJar jar, Placement placement) {
        List<String> program = jar.card().command();
        return program.isEmpty()
                ? JvmCommand.ofThisHost(placement.memory().orElseThrow())
                : new ProgramCommand(jar.jar(), program, placement.memory());
    }
}
