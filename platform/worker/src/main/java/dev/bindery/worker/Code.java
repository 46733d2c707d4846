package dev.bindery.worker;

import dev.bindery.api.BindingCard;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.BindingCode;
import dev.bindery.host.protocol.WireReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The binding's code as the host describes it, loaded by the host's own rules. */
final class Code {
    private Code() {}

    static BindingCode load(BindingCard card, WireReader code) {
        Path jar = Path.of(code.text("jar"));
        List<Path> libraries = code.texts("libraries").stream().map(Path::of).toList();
        StagedJar staged =
                new StagedJar(
                        "",
                        jar.resolveSibling(""),
                        jar,
                        libraries,
                        card,
                        Set.copyOf(code.texts("packages")));
        return BindingCode.open(staged, List.of());
    }
}
