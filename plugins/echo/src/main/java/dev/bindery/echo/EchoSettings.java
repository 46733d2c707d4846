package dev.bindery.echo;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.TypedConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of config.yaml, each under its own name. */
record EchoSettings(long delayMs, long firstTokenDelayMs, int dimensions, JsonObject script) {
    /**
     * @throws BindingException when the script does not fit
     */
    static EchoSettings of(TypedConfig config) {
        EchoSettings settings = config.as(EchoSettings.class);
        settings.script(JsonObject.EMPTY);
        return settings;
    }

    /**
     * What a request's answer does: as the request says, else as the script says, else as the
     * delays say.
     *
     * @param parameters of the request; the object {@code echo} of any dialect counts
     */
    Script script(JsonObject parameters) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("delay_ms", JsonValue.of(delayMs));
        fields.put("first_token_delay_ms", JsonValue.of(firstTokenDelayMs));
        fields.putAll(script.fields());
        for (JsonValue dialect : parameters.fields().values()) {
            if (dialect instanceof JsonObject sent) {
                fields.putAll(echoOf(sent).fields());
            }
        }
        return Script.of(new JsonObject(fields));
    }

    private static JsonObject echoOf(JsonObject dialect) {
        return switch (dialect.field("echo").orElse(JsonObject.EMPTY)) {
            case JsonObject echo -> echo;
            // OpenAI's completions have a flag of that name.
            case JsonBoolean _ -> JsonObject.EMPTY;
            case JsonValue other ->
                    throw BindingException.invalidRequest(
                            "echo is %s, not an object".formatted(other));
        };
    }
}
