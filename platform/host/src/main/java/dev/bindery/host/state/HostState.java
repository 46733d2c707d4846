package dev.bindery.host.state;

import dev.bindery.host.HostException;
import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is desired and stands nowhere else, in {@code state/host.json}: bindings switched off,
 * bindings of the distribution that were uninstalled, the order of the instances, which jars have
 * served and which were rolled back. What the operator changes is on disk when its method returns;
 * what the host notes holds even when it cannot be written, so that a full disk holds up no
 * binding. Thread-safe.
 */
public final class HostState {
    private static final Logger LOG = LoggerFactory.getLogger(HostState.class);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final Path file;
    private volatile Consumer<String> complaints = LOG::warn;
    private HostNotes content;
    private boolean unwritten;

    private HostState(Path file, HostNotes content) {
        this.file = file;
        this.content = content;
    }

    /**
     * @throws HostException when the file is there and cannot be understood; it is left as it is
     */
    public static HostState load(Path file) {
        if (!Files.exists(file)) {
            return new HostState(file, HostNotes.EMPTY);
        }
        try {
            HostNotes content = JSON.readValue(Files.readString(file), HostNotes.class);
            if (content == null) {
                throw corrupt(file, "it is empty");
            }
            return new HostState(file, content.checked(file));
        } catch (IOException | JacksonException e) {
            throw corrupt(file, String.valueOf(e.getMessage()));
        }
    }

    static HostException corrupt(Path file, String why) {
        return new HostException(
                HostException.Kind.FAILED,
                "the state in %s cannot be read: %s; put back a copy of it, or delete it to start with every binding enabled"
                        .formatted(file, why.lines().findFirst().orElse(why)));
    }

    public synchronized boolean isEnabled(String binding) {
        return !content.disabled().contains(binding);
    }

    public synchronized boolean isMasked(String binding) {
        return content.masked().contains(binding);
    }

    /** Whether a binding has an instance of its own name without a file. */
    public synchronized boolean isImplicit(String binding) {
        return content.implicit().contains(binding);
    }

    /** The names of instances in the operator's order; what is not there comes after them. */
    public synchronized List<String> order() {
        return content.order();
    }

    public void enable(String binding, boolean enabled) {
        change(copy -> set(copy.disabled(), binding, !enabled));
    }

    /** Hides a binding of the distribution. */
    public void mask(String binding) {
        change(copy -> copy.masked().add(binding));
    }

    /** Shows it again. */
    public void unmask(String binding) {
        changeAnyway(copy -> copy.masked().remove(binding));
    }

    /** Hears when what holds cannot be written, once until it can again. */
    public void complainTo(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /** What of a binding has served last, and before that. */
    public synchronized Optional<Service> service(String binding) {
        return Optional.ofNullable(content.services().get(binding));
    }

    /** Everything that has served. */
    public synchronized Map<String, Service> services() {
        return content.services();
    }

    /** A jar of a binding serves from now on. */
    public void serves(String binding, String sha256, Path jar) {
        changeAnyway(copy ->
                copy.services()
                        .compute(
                                binding,
                                (_, before) -> Service.after(before, sha256, jar.toString())));
    }

    /** A call of what serves has succeeded. */
    public void proven(String binding) {
        changeAnyway(
                copy -> copy.services().computeIfPresent(binding, (_, now) -> now.withProof()));
    }

    /** The binding is no longer installed. */
    public void forget(String binding) {
        changeAnyway(copy -> {
            copy.services().remove(binding);
            copy.retreats().remove(binding);
        });
    }

    /** The jar of a binding that was rolled back, and what was said of that. */
    public synchronized Optional<Retreat> retreat(String binding) {
        return Optional.ofNullable(content.retreats().get(binding));
    }

    /** A jar is rolled back until its file changes. */
    public void retreat(String binding, Retreat retreat) {
        changeAnyway(copy -> copy.retreats().put(binding, retreat));
    }

    /** The jar is no longer kept away. */
    public void advance(String binding) {
        changeAnyway(copy -> copy.retreats().remove(binding));
    }

    /** Whether a binding is to have an instance of its own name without a file. */
    public void implicit(String binding, boolean present) {
        changeAnyway(copy -> set(copy.implicit(), binding, present));
    }

    /** What an instance of that name, which is no more, is called now. */
    public synchronized Optional<String> renamed(String instance) {
        Optional<String> name = Optional.empty();
        for (Rename next = content.renames().get(instance); next != null; ) {
            name = Optional.of(next.to());
            next = content.renames().get(next.to());
        }
        return name;
    }

    /** Every name that an instance had once, and what became of it. */
    public synchronized Map<String, Rename> renames() {
        return content.renames();
    }

    /** From now on an instance is to have another name, whatever happens meanwhile. */
    public void beginRename(String from, String to) {
        change(copy -> copy.rename(from, to));
    }

    /** From now on it is to have its old name again; holds even when it cannot be written. */
    public void revertRename(String from, String to) {
        changeAnyway(copy -> copy.rename(to, from));
    }

    /** It has it everywhere. */
    public void endRename(String from, String to) {
        changeAnyway(copy -> {
            copy.renames().put(from, new Rename(to, true));
            copy.order().remove(from);
        });
    }

    /** It never had that name. */
    public void forgetRename(String to) {
        changeAnyway(copy -> {
            copy.renames().remove(to);
            copy.order().remove(to);
        });
    }

    /**
     * Puts instances that have no place yet behind all others, in this order; holds even when it
     * cannot be written.
     */
    public void append(List<String> instances) {
        changeAnyway(copy -> instances.forEach(instance -> append(instance, copy)));
    }

    private static void append(String instance, HostNotes copy) {
        Rename past = copy.renames().get(instance);
        if (past != null && past.done()) {
            copy.renames().remove(instance);
        }
        if (!copy.order().contains(instance)) {
            copy.order().add(instance);
        }
    }

    private static void set(Set<String> names, String name, boolean present) {
        if (present) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }

    private synchronized void change(Consumer<HostNotes> change) {
        HostNotes copy = content.copy();
        change.accept(copy);
        if (copy.equals(content)) {
            return;
        }
        try {
            write(copy);
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "the state cannot be written to %s: %s; nothing was changed".formatted(file, e),
                    e);
        }
        content = copy;
    }

    private synchronized void changeAnyway(Consumer<HostNotes> change) {
        HostNotes copy = content.copy();
        change.accept(copy);
        if (!copy.equals(content)) {
            content = copy;
            writeIfPossible();
        }
    }

    /** Tries once more to write what could not be written. */
    public synchronized void flush() {
        if (unwritten) {
            writeIfPossible();
        }
    }

    private void writeIfPossible() {
        try {
            write(content);
        } catch (IOException e) {
            if (!unwritten) {
                complaints.accept(
                        "the state cannot be written to %s: %s; what runs goes on, but the next start will not know of what has changed since"
                                .formatted(file, e));
            }
            unwritten = true;
        }
    }

    private void write(HostNotes changed) throws IOException {
        AtomicFiles.write(file, JSON.writeValueAsString(changed) + "\n");
        unwritten = false;
    }
}
