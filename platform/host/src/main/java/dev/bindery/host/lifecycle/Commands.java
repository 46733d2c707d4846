package dev.bindery.host.lifecycle;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.CommandInfo;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.HostException;
import dev.bindery.host.call.Router;
import dev.bindery.host.instance.SettingText;
import dev.bindery.host.notification.AnnouncedProgress;
import dev.bindery.host.notification.EventLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the commands that cards declare: holds the arguments against the card, then calls. */
final class Commands {
    private final Router router;
    private final EventLog events;

    Commands(Router router, EventLog events) {
        this.router = router;
        this.events = events;
    }

    /**
     * @throws HostException when the card declares no such command, or an argument does not fit it
     */
    JsonValue run(
            String instance,
            BindingCard card,
            String command,
            Map<String, JsonValue> arguments,
            ProgressListener listener) {
        CommandInfo declared =
                card.commands().stream()
                        .filter(info -> info.name().equals(command))
                        .findFirst()
                        .orElseThrow(
                                () -> HostException.notFound(unknown(instance, card, command)));
        Map<String, JsonValue> checked = checked(declared, arguments);
        AnnouncedProgress progress =
                new AnnouncedProgress(
                        events,
                        "progress/command",
                        command,
                        JsonObject.of("instance", instance),
                        listener);
        AtomicReference<JsonValue> answer = new AtomicReference<>();
        progress.during(() -> answer.set(router.execute(instance, command, checked, progress)));
        return answer.get();
    }

    private static Map<String, JsonValue> checked(
            CommandInfo command, Map<String, JsonValue> arguments) {
        ConfigTemplate parameters = command.parameters();
        Map<String, JsonValue> typed = new LinkedHashMap<>();
        arguments.forEach((name, value) ->
                typed.put(
                        name,
                        parameters
                                .entry(name)
                                .map(entry -> SettingText.typed(entry, value))
                                .orElse(value)));
        try {
            TypedConfig checked =
                    new TypedConfig(parameters, new BaseConfig(new JsonObject(typed)));
            if (!checked.missing().isEmpty()) {
                throw HostException.invalid(
                        "%s needs %s"
                                .formatted(command.name(), String.join(", ", checked.missing())));
            }
            return checked.values();
        } catch (BindingException e) {
            throw HostException.invalid("%s: %s".formatted(command.name(), e.getMessage()));
        }
    }

    private static String unknown(String instance, BindingCard card, String command) {
        List<String> there = card.commands().stream().map(CommandInfo::name).toList();
        return "%s has no command %s; %s"
                .formatted(
                        instance,
                        command,
                        there.isEmpty()
                                ? "its binding has none"
                                : "there are: " + String.join(", ", there));
    }
}
