package dev.bindery.host.embedded;

import dev.bindery.api.Isolation;
import dev.bindery.host.Home;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.BindingCode;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.lifecycle.CodeLoader;

/** Loads a binding where its card wants it: in the host, or behind a process. */
final class Isolations implements CodeLoader {
    private final Home home;

    Isolations(Home home) {
        this.home = home;
    }

    @Override
    public LoadedCode load(StagedJar jar) {
        if (jar.card().isolation() == Isolation.PROCESS) {
            throw new RefusedJarException("process isolation is not built in yet");
        }
        return BindingCode.open(jar, Libraries.of(home, jar.id()));
    }
}
