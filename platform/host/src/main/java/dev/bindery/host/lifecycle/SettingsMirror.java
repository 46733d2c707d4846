package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Instances;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.Configurations;
import dev.bindery.host.presence.FelixFramework;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows the instances' settings in ConfigAdmin, secrets excepted, and takes what is changed there
 * like any other change of the operator. The files stay the truth: a change that is refused is
 * undone in ConfigAdmin.
 */
final class SettingsMirror implements AutoCloseable {
    private final InstanceTable table;
    private final Supervisor supervisor;
    private final Instances instances;
    private final EventLog events;
    private final Configurations configurations;
    private final ReentrantLock showing = new ReentrantLock();

    SettingsMirror(
            FelixFramework felix,
            InstanceTable table,
            Supervisor supervisor,
            Instances instances,
            EventLog events) {
        this.table = table;
        this.supervisor = supervisor;
        this.instances = instances;
        this.events = events;
        this.configurations = new Configurations(felix, this::changedThere);
    }

    /** Shows an instance as it is now, or that it is gone. */
    void show(String name) {
        showing.lock();
        try {
            InstanceConfig config = table.find(name).map(InstanceTable.Row::config).orElse(null);
            if (config == null) {
                configurations.remove(name);
            } else {
                configurations.put(name, shown(config));
            }
        } catch (IOException e) {
            events.publish(
                    "notification/warning",
                    name,
                    "ConfigAdmin does not show it: " + e.getMessage());
        } finally {
            showing.unlock();
        }
    }

    private Map<String, Object> shown(InstanceConfig config) {
        Map<String, Object> shown = new LinkedHashMap<>();
        settings(config)
                .forEach((name, value) -> {
                    if (!(value instanceof JsonNull)) {
                        shown.put(name, plain(value));
                    }
                });
        return shown;
    }

    /** What holds for each setting that is no secret. */
    private Map<String, JsonValue> settings(InstanceConfig config) {
        Map<String, JsonValue> settings = new LinkedHashMap<>();
        for (ConfigEntry entry : template(config).entries()) {
            if (!entry.secret()) {
                settings.put(
                        entry.name(), config.settings().field(entry.name()).orElse(entry.value()));
            }
        }
        return settings;
    }

    private ConfigTemplate template(InstanceConfig config) {
        return supervisor
                .unit(config.binding())
                .flatMap(BindingUnit::card)
                .map(BindingCard::settings)
                .orElse(ConfigTemplate.EMPTY);
    }

    /** A value as ConfigAdmin takes it: lists as arrays, maps as JSON text. */
    private static Object plain(JsonValue value) {
        return switch (value) {
            case JsonArray list ->
                    list.items().stream()
                            .map(item -> String.valueOf(item.toJava()))
                            .toArray(String[]::new);
            case JsonObject map -> map.toString();
            default -> String.valueOf(value.toJava());
        };
    }

    private static JsonValue json(Object value) {
        return value instanceof String[] texts
                ? JsonValue.of(Arrays.asList(texts))
                : JsonValue.of(String.valueOf(value));
    }

    private void changedThere(String name, Map<String, Object> found) {
        table.find(name)
                .map(InstanceTable.Row::config)
                .ifPresent(config ->
                        Thread.ofVirtual()
                                .name("configadmin-" + name)
                                .start(() -> take(config, found)));
    }

    private void take(InstanceConfig config, Map<String, Object> found) {
        Map<String, Object> shown = shown(config);
        Map<String, JsonValue> changes = new LinkedHashMap<>();
        shown.keySet().stream()
                .filter(setting -> !found.containsKey(setting))
                .forEach(setting -> changes.put(setting, JsonNull.NULL));
        found.forEach((setting, value) -> {
            if (!json(value).equals(json(shown.getOrDefault(setting, "")))) {
                changes.put(setting, json(value));
            }
        });
        try {
            instances.configure(config.name(), InstanceChange.settings(changes));
        } catch (HostException e) {
            events.publish("instance/REFUSED", config.name(), String.valueOf(e.getMessage()));
        }
        show(config.name());
    }

    @Override
    public void close() {
        configurations.close();
    }
}
