package dev.bindery.host.instance;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingException;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.HostException;
import dev.bindery.host.Reach;
import dev.bindery.host.document.DocumentException;
import dev.bindery.host.document.YamlDocument;
import dev.bindery.host.document.YamlFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The form of {@code conf/instances/NAME.yaml}. */
final class InstanceFile {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");
    private static final List<String> FIELDS =
            List.of(
                    "binding",
                    "settings",
                    "default_model",
                    "aliases",
                    "enabled",
                    "limits",
                    "isolation",
                    "memory",
                    "calls");

    private InstanceFile() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * @throws DocumentException naming file, line and field of what is wrong
     */
    static InstanceConfig parse(String name, String file, String text) {
        YamlFields fields = YamlDocument.parse(file, text).fields();
        fields.allowOnly(FIELDS);
        return new InstanceConfig(
                name,
                fields.text("binding").orElse(name),
                fields.map("settings").map(YamlFields::json).orElse(JsonObject.EMPTY),
                fields.text("default_model"),
                aliases(fields),
                fields.flag("enabled").orElse(true),
                limits(fields),
                PlacementFields.read(fields),
                calls(fields),
                false);
    }

    private static Reach calls(YamlFields fields) {
        try {
            return new Reach(fields.texts("calls"));
        } catch (HostException e) {
            throw fields.problem("calls", e.getMessage());
        }
    }

    private static Map<String, String> aliases(YamlFields fields) {
        Map<String, String> aliases = new LinkedHashMap<>();
        fields.map("aliases")
                .ifPresent(map ->
                        map.names().forEach(alias -> aliases.put(alias, map.requiredText(alias))));
        return aliases;
    }

    /**
     * @throws DocumentException naming the line of the first setting that does not fit
     */
    static void check(String file, String text, ConfigTemplate template) {
        YamlFields settings = YamlDocument.parse(file, text).fields().map("settings").orElse(null);
        if (settings == null) {
            return;
        }
        for (String name : settings.names()) {
            JsonValue value = settings.value(name);
            if (!References.isReference(value)) {
                check(settings, name, value, template);
            }
        }
    }

    private static void check(
            YamlFields settings, String name, JsonValue value, ConfigTemplate template) {
        try {
            TypedConfig _ =
                    new TypedConfig(template, new BaseConfig(new JsonObject(Map.of(name, value))));
        } catch (BindingException e) {
            throw settings.problem(name, e.getMessage());
        }
    }

    private static void check(YamlFields limits, String limit, long value) {
        try {
            JsonValue _ = LimitCheck.checked(limit, JsonValue.of(value));
        } catch (HostException e) {
            throw limits.problem(limit, e.getMessage());
        }
    }

    private static JsonObject limits(YamlFields fields) {
        YamlFields limits = fields.map("limits").orElse(null);
        if (limits == null) {
            return JsonObject.EMPTY;
        }
        limits.allowOnly(LimitCheck.names());
        for (String limit : LimitCheck.names()) {
            limits.whole(limit).ifPresent(value -> check(limits, limit, value));
        }
        return limits.json();
    }
}
