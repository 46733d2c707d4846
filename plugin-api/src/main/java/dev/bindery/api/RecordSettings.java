package dev.bindery.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a {@link TypedConfig} into a record of the author's. */
final class RecordSettings {
    private RecordSettings() {}

    static <T extends Record> T of(TypedConfig config, Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments =
                Arrays.stream(components).map(component -> value(config, component)).toArray();
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw refusal(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a " + type.getName(), e);
        }
    }

    private static Object value(TypedConfig config, RecordComponent component) {
        String name = settingName(config, component.getName());
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return config.has(name)
                    ? Optional.of(plain(config, name, generic.getActualTypeArguments()[0]))
                    : Optional.empty();
        }
        return plain(config, name, type);
    }

    private static String settingName(TypedConfig config, String component) {
        if (config.template().entry(component).isPresent()) {
            return component;
        }
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Object plain(TypedConfig config, String name, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return config.list(name);
        }
        if (!(type instanceof Class<?> kind)) {
            throw unfit(name, type);
        }
        return switch (kind.getName()) {
            case "java.lang.String" -> config.string(name);
            case "int", "java.lang.Integer" -> narrow(config, name);
            case "long", "java.lang.Long" -> config.integer(name);
            case "double", "java.lang.Double" -> config.number(name);
            case "boolean", "java.lang.Boolean" -> config.flag(name);
            case "java.nio.file.Path" -> parsed(config, name, Path::of, "a path");
            case "java.net.URI" -> parsed(config, name, URI::create, "an address");
            case "dev.bindery.api.JsonObject" -> config.dict(name);
            default -> constant(config, name, kind);
        };
    }

    private static Object constant(TypedConfig config, String name, Class<?> kind) {
        String wanted = config.string(name).toUpperCase(Locale.ROOT).replace('-', '_');
        return Optional.ofNullable(kind.getEnumConstants()).stream()
                .flatMap(Arrays::stream)
                .filter(constant -> ((Enum<?>) constant).name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unfit(name, kind));
    }

    private static int narrow(TypedConfig config, String name) {
        long number = config.integer(name);
        if (number != (int) number) {
            throw BindingException.invalidRequest(
                    "%s: %d is out of range: from %d to %d"
                            .formatted(name, number, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return (int) number;
    }

    private static <T> T parsed(
            TypedConfig config, String name, Function<String, T> parser, String expected) {
        try {
            return parser.apply(config.string(name));
        } catch (IllegalArgumentException e) {
            ConfigEntry entry = config.template().entry(name).orElseThrow();
            String found = SettingCheck.shown(entry, JsonValue.of(config.string(name)));
            throw new BindingException(
                    ErrorCode.INVALID_REQUEST, "%s is not %s".formatted(found, expected));
        }
    }

    private static RuntimeException refusal(@Nullable Throwable cause) {
        return switch (cause) {
            case IllegalArgumentException e ->
                    new BindingException(ErrorCode.INVALID_REQUEST, message(e), e);
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException("cannot read the settings", cause);
        };
    }

    private static String message(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static IllegalArgumentException unfit(String name, Type type) {
        return new IllegalArgumentException(
                "the setting %s does not fit into a %s".formatted(name, type.getTypeName()));
    }
}
