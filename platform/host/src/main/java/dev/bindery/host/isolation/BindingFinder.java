package dev.bindery.host.isolation;

import dev.bindery.api.LlmBinding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.AbstractExtensionFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Finds the binding's class where {@link java.util.ServiceLoader} would, in the jar alone. */
final class BindingFinder extends AbstractExtensionFinder {
    private static final String SERVICES = "META-INF/services/" + LlmBinding.class.getName();

    BindingFinder(PluginManager manager) {
        super(manager);
    }

    @Override
    public Map<String, Set<String>> readClasspathStorages() {
        return Map.of();
    }

    @Override
    public Map<String, Set<String>> readPluginsStorages() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (PluginWrapper plugin : pluginManager.getPlugins()) {
            names.put(
                    plugin.getPluginId(), names((PluginClassLoader) plugin.getPluginClassLoader()));
        }
        return names;
    }

    private static Set<String> names(PluginClassLoader loader) {
        URL services = loader.findResource(SERVICES);
        if (services == null) {
            return Set.of();
        }
        try {
            var connection = services.openConnection();
            connection.setUseCaches(false);
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.UTF_8))) {
                return lines.lines()
                        .map(line -> line.replaceFirst("#.*", "").trim())
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.toSet());
            }
        } catch (IOException e) {
            throw new PluginRuntimeException(e);
        }
    }
}
