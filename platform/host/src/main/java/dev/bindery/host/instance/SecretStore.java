package dev.bindery.host.instance;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.document.DocumentException;
import dev.bindery.host.document.YamlDocument;
import dev.bindery.host.document.YamlFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secret settings of instances, in {@code secrets/instances/NAME.yaml}, readable by the owner
 * alone. Nothing of it ever leaves the host but to the binding itself. Thread-safe.
 */
public final class SecretStore {
    private final Path folder;

    public SecretStore(Path folder) {
        this.folder = folder;
    }

    /** The secrets of an instance, by setting. */
    public synchronized Map<String, JsonValue> read(String instance) {
        Path file = file(instance);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            YamlFields fields =
                    YamlDocument.parse(file.getFileName().toString(), Files.readString(file))
                            .fields();
            Map<String, JsonValue> secrets = new LinkedHashMap<>();
            for (String name : fields.names()) {
                secret(fields, name).ifPresent(secret -> secrets.put(name, secret));
            }
            return secrets;
        } catch (IOException | DocumentException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "the secrets of %s in %s cannot be read; put back a copy of the file, or delete it and give them again"
                            .formatted(instance, file),
                    e);
        }
    }

    /** A key that was written down without quotes may look like a number; it is a text. */
    private static Optional<JsonValue> secret(YamlFields fields, String name) {
        return switch (fields.value(name)) {
            case JsonObject map -> Optional.of(map);
            case JsonArray list -> Optional.of(list);
            default -> fields.text(name).map(JsonString::new);
        };
    }

    /** Replaces the secrets of an instance. */
    public synchronized void write(String instance, Map<String, JsonValue> secrets)
            throws IOException {
        if (secrets.isEmpty()) {
            Files.deleteIfExists(file(instance));
            return;
        }
        YamlDocument document = YamlDocument.parse(instance, "");
        secrets.forEach((name, value) -> document.set(List.of(name), value.toJava()));
        AtomicFiles.writeSecret(file(instance), document.text());
    }

    private Path file(String instance) {
        return folder.resolve("instances").resolve(instance + ".yaml");
    }
}
