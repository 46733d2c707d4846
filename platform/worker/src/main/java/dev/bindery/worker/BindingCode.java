package dev.bindery.worker;

import dev.bindery.api.LlmBinding;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** A binding's jar, behind its class loader. */
record BindingCode(ClassLoader loader, Path jar) {
    static BindingCode load(WireReader code) throws IOException {
        Path jar = Path.of(code.text("jar"));
        List<Path> libraries = code.texts("libraries").stream().map(Path::of).toList();
        return new BindingCode(BindingLoader.of(jar, libraries), jar);
    }

    /**
     * A new object of the binding's class.
     *
     * @throws IllegalStateException when the jar names none, or more than one
     */
    LlmBinding instantiate() {
        List<ServiceLoader.Provider<LlmBinding>> providers = providers();
        if (providers.size() != 1) {
            throw new IllegalStateException(
                    "%s: META-INF/services/%s names %d classes; exactly one is expected"
                            .formatted(
                                    jar.getFileName(),
                                    LlmBinding.class.getName(),
                                    providers.size()));
        }
        return providers.getFirst().get();
    }

    private List<ServiceLoader.Provider<LlmBinding>> providers() {
        try {
            return ServiceLoader.load(LlmBinding.class, loader).stream()
                    .filter(provider -> loader.equals(provider.type().getClassLoader()))
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException(jar.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
