package dev.bindery.host;

import java.nio.file.Path;

/**
 * Where a host keeps its things.
 *
 * @param root the folder of everything, by default {@code ~/.bindery}
 */
public record Home(Path root) {
    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** The drop folder: a jar put here is installed. */
    public Path bindings() {
        return root.resolve("bindings");
    }

    /** What the operator writes: {@code bindery.yaml}, {@code instances/}. */
    public Path conf() {
        return root.resolve("conf");
    }

    public Path instances() {
        return conf().resolve("instances");
    }

    /** Secret settings, each file readable by the owner alone. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** A bundle put here extends the host. */
    public Path extensions() {
        return root.resolve("extensions");
    }

    /** Model files, a folder for each binding. */
    public Path models() {
        return root.resolve("models");
    }

    /** What is desired: small, durable, backed up with {@code conf}. */
    public Path state() {
        return root.resolve("state");
    }

    /** What can be deleted at any time while the host is stopped. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** A folder for each instance, its own. */
    public Path data() {
        return root.resolve("data");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** The token of the admin API. */
    public Path adminToken() {
        return root.resolve("admin.token");
    }
}
