package dev.bindery.host.instance;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingException;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.HostException;
import dev.bindery.host.document.DocumentException;
import dev.bindery.host.document.YamlText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the settings of an instance come to: held against its binding's template, with its secrets,
 * each of which goes to the address only that it was given for. Thread-safe.
 */
public final class InstanceSettings {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSettings.class);

    private final Path folder;
    private final SecretStore secrets;
    private final References references;

    InstanceSettings(Path folder, SecretStore secrets, References references) {
        this.folder = folder;
        this.secrets = secrets;
        this.references = references;
    }

    /**
     * Holds the settings of an instance's file against the template.
     *
     * @throws HostException naming the line of the first that does not fit
     */
    public void checkFile(String name, ConfigTemplate template) {
        Path file = folder.resolve(name + ".yaml");
        String called = "conf/instances/" + name + ".yaml";
        try {
            InstanceFile.check(called, YamlText.read(called, file), template);
        } catch (DocumentException e) {
            throw HostException.invalid(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException _) {
            // It was removed since it was read; that it is gone is heard next.
        } catch (IOException e) {
            throw HostException.invalid("%s cannot be read: %s".formatted(called, e));
        }
    }

    /**
     * Holds an edit of an instance's file against the addresses that its secrets were given for.
     *
     * @throws HostException when it would send one elsewhere
     */
    public void checkAddresses(
            InstanceConfig before, InstanceConfig after, ConfigTemplate template) {
        Map<String, JsonValue> edited = new LinkedHashMap<>(after.settings().fields());
        edited.entrySet().removeAll(before.settings().fields().entrySet());
        checkAddresses(before, secrets.read(after.name()), after, edited.keySet(), template);
    }

    private static void checkAddresses(
            InstanceConfig before,
            Secrets kept,
            InstanceConfig after,
            Set<String> given,
            ConfigTemplate template) {
        try {
            SecretBinding.check(before, kept, after, given, template);
        } catch (HostException e) {
            throw HostException.invalid(
                    "%s: put the old address back, then change both with bindery config %s"
                            .formatted(e.getMessage(), after.name()));
        }
    }

    /**
     * Binds those secrets of an instance to its addresses that belong to none yet. What cannot be
     * written is bound the next time.
     */
    public void bind(InstanceConfig config, ConfigTemplate template) {
        Secrets kept = secrets.read(config.name());
        if (kept.unbound().isEmpty()) {
            return;
        }
        try {
            secrets.write(
                    config.name(),
                    kept.given(kept.unbound(), SecretBinding.addresses(config, template)));
        } catch (IOException e) {
            LOG.warn("the secrets of {} are bound to no address: {}", config.name(), e.toString());
        }
    }

    /**
     * The settings of an instance, checked, with its secrets.
     *
     * @throws HostException when a value does not fit, or a secret was given for another address
     */
    public TypedConfig typed(InstanceConfig config, ConfigTemplate template) {
        Secrets kept = secrets.read(config.name());
        checkAddresses(config, kept, config, Set.of(), template);
        return typed(new Draft(config, kept), template);
    }

    /** The settings of an instance as it is to become, checked, with its secrets. */
    public TypedConfig typed(Draft draft, ConfigTemplate template) {
        InstanceConfig config = draft.config();
        Map<String, JsonValue> values = new LinkedHashMap<>(draft.secrets().values());
        values.keySet().removeIf(name -> template.entry(name).isEmpty());
        config.settings().fields().forEach((name, value) -> values.put(name, value));
        for (ConfigEntry entry : template.entries()) {
            if (entry.secret() && values.containsKey(entry.name())) {
                JsonValue text = references.expand(entry.name(), values.get(entry.name()));
                values.put(entry.name(), SettingText.typed(entry, text));
            }
        }
        try {
            return new TypedConfig(template, new BaseConfig(new JsonObject(values)));
        } catch (BindingException e) {
            throw HostException.invalid(
                    "the settings of %s: %s".formatted(config.name(), e.getMessage()));
        }
    }
}
