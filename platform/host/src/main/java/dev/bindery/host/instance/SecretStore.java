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
import dev.bindery.host.document.YamlText;
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
final class SecretStore {
    /** No setting can have that name. */
    private static final String ADDRESSES = "given-for";

    private final Path folder;

    /**
     * @param secretFolder the home's, for all secrets
     */
    SecretStore(Path secretFolder) {
        this.folder = secretFolder.resolve("instances");
    }

    /**
     * @throws HostException when they cannot be read
     */
    synchronized Secrets read(String instance) {
        Path file = file(instance);
        if (!Files.exists(file)) {
            return Secrets.NONE;
        }
        try {
            return secrets(document(file).fields());
        } catch (IOException | DocumentException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "the secrets of %s in %s cannot be read; put back a copy of the file, or delete it and give them again"
                            .formatted(instance, file),
                    e);
        }
    }

    private static YamlDocument document(Path file) throws IOException {
        String called = file.getFileName().toString();
        return YamlDocument.parse(called, Files.exists(file) ? YamlText.read(called, file) : "");
    }

    private static Secrets secrets(YamlFields fields) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        for (String name : fields.names()) {
            if (!name.equals(ADDRESSES)) {
                secret(fields, name).ifPresent(secret -> values.put(name, secret));
            }
        }
        Map<String, JsonObject> addresses = new LinkedHashMap<>();
        fields.map(ADDRESSES)
                .ifPresent(map ->
                        map.names()
                                .forEach(name ->
                                        map.map(name)
                                                .ifPresent(of -> addresses.put(name, of.json()))));
        return new Secrets(values, addresses);
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
    synchronized void write(String instance, Secrets secrets) throws IOException {
        AtomicFiles.writeSecret(file(instance), text(instance, secrets));
    }

    /** What the file of an instance is to be; of what is in it, only what differs is touched. */
    synchronized String text(String instance, Secrets wanted) throws IOException {
        YamlDocument document = document(file(instance));
        Secrets found = secrets(document.fields());
        for (String name : document.fields().names()) {
            if (!wanted.values().containsKey(name)) {
                document.set(List.of(name), null);
            }
        }
        wanted.values()
                .forEach((name, value) -> {
                    if (!value.equals(found.values().get(name))) {
                        document.set(List.of(name), value.toJava());
                    }
                });
        wanted.addresses()
                .forEach((name, of) -> document.set(List.of(ADDRESSES, name), of.toJava()));
        return document.text();
    }

    /** Where the files of all instances are. */
    Path folder() {
        return folder;
    }

    /** The file of an instance. */
    Path file(String instance) {
        return folder.resolve(instance + ".yaml");
    }
}
