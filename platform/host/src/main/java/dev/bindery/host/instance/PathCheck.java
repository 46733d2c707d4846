package dev.bindery.host.instance;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.SettingType;
import dev.bindery.host.HostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Refuses the path of a file or folder that is not there when somebody sets it: most often it is
 * mistyped. What stands in a file of {@code conf/instances} is not held against this, since a disk
 * may be mounted after the host has started.
 */
final class PathCheck {
    private PathCheck() {}

    /**
     * @throws HostException naming the setting and the path, as the host understands it
     */
    static void check(ConfigEntry entry, JsonValue value) {
        if (value instanceof JsonString text && !text.value().isBlank()) {
            if (entry.type() == SettingType.FILE) {
                file(entry, path(entry, text.value()));
            } else if (entry.type() == SettingType.FOLDER) {
                folder(entry, path(entry, text.value()));
            }
        }
    }

    private static Path path(ConfigEntry entry, String text) {
        try {
            return Path.of(text.strip()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw HostException.invalid("%s: this is no path: %s".formatted(entry.name(), e));
        }
    }

    private static void file(ConfigEntry entry, Path path) {
        if (Files.isDirectory(path)) {
            throw HostException.invalid(
                    "%s: %s is a folder; name a file".formatted(entry.name(), path));
        }
        if (!Files.exists(path)) {
            throw absent(entry, "there is no file %s on the host".formatted(path));
        }
    }

    /** One that is not there yet may be made by the binding, in a folder that is. */
    private static void folder(ConfigEntry entry, Path path) {
        Path parent = path.getParent();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw HostException.invalid(
                    "%s: %s is a file; name a folder".formatted(entry.name(), path));
        }
        if (!Files.exists(path) && parent != null && !Files.isDirectory(parent)) {
            throw absent(entry, "neither %s nor %s is on the host".formatted(path, parent));
        }
    }

    private static HostException absent(ConfigEntry entry, String what) {
        return HostException.invalid(
                "%s: %s; correct the path, or write it into the file in conf/instances/ where it is to be there later"
                        .formatted(entry.name(), what));
    }
}
