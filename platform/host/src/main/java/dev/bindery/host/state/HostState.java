package dev.bindery.host.state;

import dev.bindery.host.HostException;
import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is desired and stands nowhere else, in {@code state/host.json}: bindings switched off,
 * bindings of the distribution that were uninstalled, the order of the instances. What the operator
 * changes is on disk when its method returns. Thread-safe.
 */
public final class HostState {
    private static final Logger LOG = LoggerFactory.getLogger(HostState.class);
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
            if (content == null) {
                throw corrupt(file, "it is empty");
            }
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

    /** Holds from now on even when it cannot be written: a full disk holds up no binding. */
    public void implicit(String binding, boolean present) {
        changeAnyway(copy -> set(copy.implicit, binding, present));
    }

    /**
     * Puts an instance behind all others, if it has no place yet; holds even when it cannot be
     * written.
     */
    public void append(String instance) {
        changeAnyway(copy -> {
            if (!copy.order.contains(instance)) {
                copy.order.add(instance);
            }
        });
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
        if (!copy.equals(content)) {
            write(copy);
            content = copy;
        }
    }

    private synchronized void changeAnyway(Consumer<Content> change) {
        Content copy = content.copy();
        change.accept(copy);
        if (copy.equals(content)) {
            return;
        }
        content = copy;
        try {
            write(copy);
        } catch (HostException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void write(Content changed) {
        try {
            AtomicFiles.write(file, JSON.writeValueAsString(changed) + "\n");
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "the state cannot be written to %s: %s".formatted(file, e),
                    e);
        }
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
            for (Collection<String> names : Arrays.asList(disabled, masked, implicit, order)) {
                if (names == null || names.stream().anyMatch(Objects::isNull)) {
                    throw corrupt(file, "a field or a name is missing");
                }
            }
            return this;
        }
    }
}
