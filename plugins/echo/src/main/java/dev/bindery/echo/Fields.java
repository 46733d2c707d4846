package dev.bindery.echo;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Reads an object that somebody wrote by hand: what does not fit is said, not skipped. */
record Fields(String path, JsonObject object) {
    /** These fields, when all their names are known. */
    Fields allowing(Set<String> names) {
        for (String name : object.fields().keySet()) {
            if (!names.contains(name)) {
                throw wrong(
                        "has no field %s; it has: %s"
                                .formatted(name, String.join(", ", new TreeSet<>(names))));
            }
        }
        return this;
    }

    Optional<String> text(String name) {
        return object.field(name)
                .map(value -> cast(name, value, JsonString.class, "a text").value());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> wrong("needs the field " + name));
    }

    /** A whole number from 0 to the limit. */
    Optional<Integer> whole(String name, int max) {
        String range = "a whole number from 0 to " + max;
        return object.field(name)
                .map(value -> cast(name, value, JsonLong.class, range).value())
                .map(number -> {
                    if (number < 0 || number > max) {
                        throw wrong("%s is %d, not %s".formatted(name, number, range));
                    }
                    return number.intValue();
                });
    }

    OptionalDouble number(String name) {
        OptionalDouble number = object.number(name);
        if (number.isEmpty()) {
            object.field(name).ifPresent(value -> cast(name, value, JsonDouble.class, "a number"));
        }
        return number;
    }

    Optional<Fields> fields(String name) {
        return object.field(name)
                .map(value -> cast(name, value, JsonObject.class, "an object"))
                .map(value -> new Fields(path + "." + name, value));
    }

    List<Fields> list(String name) {
        return object
                .field(name)
                .map(value -> cast(name, value, JsonArray.class, "a list").items())
                .orElse(List.of())
                .stream()
                .map(item -> cast(name, item, JsonObject.class, "a list of objects"))
                .map(item -> new Fields(path + "." + name, item))
                .toList();
    }

    BindingException wrong(String what) {
        return BindingException.invalidRequest(path + " " + what);
    }

    private <V extends JsonValue> V cast(
            String name, JsonValue value, Class<V> kind, String expected) {
        if (!kind.isInstance(value)) {
            throw wrong("%s is %s, not %s".formatted(name, value, expected));
        }
        return kind.cast(value);
    }
}
