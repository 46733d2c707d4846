package dev.bindery.host.lifecycle;

import dev.bindery.host.HostException;
import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is desired and stands nowhere else, in {@code state/host.json}: bindings switched off,
 * bindings of the distribution that were uninstalled, the order of the instances. Every change is
 * on disk when its method returns. Thread-safe.
 */
public final class HostState {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final Path file;
    private Content content;

    private HostState(Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    /**
     * @throws HostException when the file is there and cannot be understood; it is left as it is
     */
    public static HostState load(Path file) {
        if (!Files.exists(file)) {
            return new HostState(file, new Content(1, Set.of(), Set.of(), Set.of(), List.of()));
        }
        try {
            Content content = JSON.readValue(Files.readString(file), Content.class);
            return new HostState(file, content.checked(file));
        } catch (IOException | JacksonException e) {
            throw corrupt(file, String.valueOf(e.getMessage()));
        }
    }

    private static HostException corrupt(Path file, String why) {
        return new HostException(
                HostException.Kind.FAILED,
                "the state in %s cannot be read: %s; put back a copy of it, or delete it to start with every binding enabled"
                        .formatted(file, why.lines().findFirst().orElse(why)));
    }

    public synchronized boolean isEnabled(String binding) {
        return !content.disabled.contains(binding);
    }

    public synchronized boolean isMasked(String binding) {
        return content.masked.contains(binding);
    }

    /** Whether a binding has an instance of its own name without a file. */
    public synchronized boolean isImplicit(String binding) {
        return content.implicit.contains(binding);
    }

    /** The names of instances in the operator's order; what is not there comes after them. */
    public synchronized List<String> order() {
        return content.order;
    }

    public void enable(String binding, boolean enabled) {
        change(copy -> set(copy.disabled, binding, !enabled));
    }

    public void mask(String binding, boolean masked) {
        change(copy -> set(copy.masked, binding, masked));
    }

    public void implicit(String binding, boolean present) {
        change(copy -> set(copy.implicit, binding, present));
    }

    /** Puts an instance behind all others, if it has no place yet. */
    public void append(String instance) {
        if (!order().contains(instance)) {
            change(copy -> copy.order.add(instance));
        }
    }

    private static void set(Set<String> names, String name, boolean present) {
        if (present) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }

    private synchronized void change(Consumer<Content> change) {
        Content copy = content.copy();
        change.accept(copy);
        if (copy.equals(content)) {
            return;
        }
        try {
            AtomicFiles.write(file, JSON.writeValueAsString(copy) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        content = copy;
    }

    /** The file's form. */
    record Content(
            int format,
            Set<String> disabled,
            Set<String> masked,
            Set<String> implicit,
            List<String> order) {
        Content copy() {
            return new Content(
                    format,
                    new TreeSet<>(disabled),
                    new TreeSet<>(masked),
                    new TreeSet<>(implicit),
                    new ArrayList<>(order));
        }

        @SuppressWarnings("ConstantConditions") // A file that lacks a field leaves it null.
        Content checked(Path file) {
            if (format != 1) {
                throw corrupt(file, "found format %d, expected 1".formatted(format));
            }
            if (disabled == null || masked == null || implicit == null || order == null) {
                throw corrupt(file, "a field is missing");
            }
            return this;
        }
    }
}
