package dev.bindery.host.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders of one instance.
 *
 * @param data its own
 * @param models shared by the instances of its binding
 */
public record InstanceFolders(Path data, Path models) {
    InstanceFolders create() throws IOException {
        if (Files.isSymbolicLink(data) && Files.readSymbolicLink(data).getNameCount() == 1) {
            // It leads to the data of an instance that had this name once, for its last calls.
            Files.delete(data);
        }
        Files.createDirectories(data);
        Files.createDirectories(models);
        return this;
    }
}
