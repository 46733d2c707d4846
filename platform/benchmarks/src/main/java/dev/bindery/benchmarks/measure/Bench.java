package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.subject.BindingJar;
import dev.bindery.benchmarks.subject.Distribution;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What measurements work with.
 *
 * @param distribution the Bindery that is measured
 * @param plan how much is measured
 * @param scratch a folder for whatever they write
 */
public record Bench(Distribution distribution, Plan plan, Path scratch) {
    /** A new folder of its own. */
    Path folder(String name) throws IOException {
        return Files.createTempDirectory(scratch, name);
    }

    /** The distribution with those of its bindings only, no longer at its first start. */
    Distribution with(String... ids) throws IOException {
        List<BindingJar> jars = new ArrayList<>();
        for (String id : ids) {
            jars.add(distribution.jar(id));
        }
        return used(distribution.with(jars, folder("distribution")));
    }

    /** The distribution with openai, echo, and copies of echo: that many bindings. */
    Distribution withBindings(int count) throws IOException {
        List<BindingJar> jars =
                new ArrayList<>(List.of(distribution.jar("echo"), distribution.jar("openai")));
        Path copies = folder("copies");
        for (int i = jars.size(); i < count; i++) {
            Path copy = copies.resolve("echo%d.jar".formatted(i));
            jars.add(distribution.jar("echo").withId("echo-" + i, copy));
        }
        return used(distribution.with(jars, folder("distribution")));
    }

    /** After a first start, which leaves what later ones are quicker by. */
    private Distribution used(Distribution fresh) throws IOException {
        HostProcess.start(fresh, folder("home"), Placement.ANYWHERE).close();
        return fresh;
    }
}
