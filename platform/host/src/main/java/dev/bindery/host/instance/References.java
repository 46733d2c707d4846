package dev.bindery.host.instance;

import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands {@code ${env:NAME}} and {@code ${file:NAME}} in secret settings of the operator's own
 * files: variables only by names that are allowed, files only below {@code secrets/}.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    private final Path secrets;
    private final Map<String, String> environment;
    private final Predicate<String> allowed;

    References(Path secrets, Map<String, String> environment, Predicate<String> allowed) {
        this.secrets = secrets;
        this.environment = environment;
        this.allowed = allowed;
    }

    static boolean isReference(JsonValue value) {
        return value instanceof JsonString text && REFERENCE.matcher(text.value()).matches();
    }

    /**
     * @throws HostException when a reference leads nowhere, or where it must not
     */
    JsonValue expand(String setting, JsonValue value) {
        if (!(value instanceof JsonString text)) {
            return value;
        }
        Matcher matcher = REFERENCE.matcher(text.value());
        if (!matcher.matches()) {
            return value;
        }
        String name = matcher.group(2);
        return new JsonString(
                matcher.group(1).equals("env") ? variable(setting, name) : file(setting, name));
    }

    private String variable(String setting, String name) {
        if (!allowed.test(name)) {
            throw HostException.invalid(
                    "%s: the variable %s may not be read; names that begin with BINDERY_SECRET_ may"
                            .formatted(setting, name));
        }
        String value = environment.get(name);
        if (value == null) {
            throw HostException.invalid(
                    "%s: the environment has no variable %s".formatted(setting, name));
        }
        return value;
    }

    private String file(String setting, String name) {
        Path file = secrets.resolve(name).normalize();
        if (!file.startsWith(secrets)) {
            throw HostException.invalid(
                    "%s: the file %s lies outside of the secrets folder".formatted(setting, name));
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw HostException.invalid(
                    "%s: there is no readable file %s in the secrets folder"
                            .formatted(setting, name));
        }
    }
}
