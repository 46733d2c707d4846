package dev.bindery.binding.llamacpp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The models that can be pulled by name: the jar's models.yaml. */
final class Catalogue {
    private final Map<String, CatalogueModel> models = new LinkedHashMap<>();

    private Catalogue(List<Map<String, Object>> entries) {
        for (Map<String, Object> entry : entries) {
            CatalogueModel model = model(new Entry(entry));
            models.put(model.name(), model);
        }
    }

    static Catalogue read() throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream("/models.yaml")) {
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            Map<String, List<Map<String, Object>>> file =
                    yaml.load(Objects.requireNonNull(in, "models.yaml"));
            return new Catalogue(Objects.requireNonNull(file.get("models"), "models"));
        }
    }

    Collection<CatalogueModel> models() {
        return models.values();
    }

    Optional<CatalogueModel> model(String name) {
        return Optional.ofNullable(models.get(name));
    }

    private static CatalogueModel model(Entry entry) {
        return new CatalogueModel(
                entry.text("name"),
                entry.text("description"),
                entry.text("license"),
                entry.text("owner"),
                entry.text("family"),
                entry.text("parameters"),
                entry.text("quantization"),
                (int) entry.number("context"),
                entry.number("size"),
                entry.text("sha256"),
                ((List<?>) entry.value("sources"))
                        .stream().map(source -> URI.create(source.toString())).toList());
    }

    private record Entry(Map<String, Object> fields) {
        Object value(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }

        String text(String name) {
            return value(name).toString();
        }

        long number(String name) {
            return ((Number) value(name)).longValue();
        }
    }
}
