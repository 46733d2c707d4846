package dev.bindery.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** One turn of a conversation: who speaks, and what, in parts. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Message {
    private final Role role;
    private final List<Part> parts;
    private final @Nullable String name;

    private Message(Role role, List<Part> parts, @Nullable String name) {
        this.role = Objects.requireNonNull(role, "role");
        this.parts = List.copyOf(parts);
        this.name = name;
    }

    /** A message of these parts. */
    public static Message of(Role role, List<? extends Part> parts) {
        return new Message(role, List.copyOf(parts), null);
    }

    /** A message of one text. */
    public static Message of(Role role, String text) {
        return new Message(role, List.of(TextPart.of(text)), null);
    }

    /** Instructions of the application. */
    public static Message system(String text) {
        return of(Role.SYSTEM, text);
    }

    /** A text of the user. */
    public static Message user(String text) {
        return of(Role.USER, text);
    }

    /** A text of the model. */
    public static Message assistant(String text) {
        return of(Role.ASSISTANT, text);
    }

    /** Who speaks. */
    public Role role() {
        return role;
    }

    /** The parts in their order; may be empty. */
    public List<Part> parts() {
        return parts;
    }

    /** The speaker's name, where several share a role. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The text of the text parts, joined without a separator. */
    public String text() {
        return textOf(parts);
    }

    /** The parts of that kind. */
    public <P extends Part> List<P> parts(Class<P> kind) {
        return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** This message with its speaker's name; null for none. */
    public Message withName(@Nullable String name) {
        return new Message(role, parts, name);
    }

    /** This message with those parts after its own. */
    public Message plus(List<? extends Part> more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more);
        return new Message(role, all, name);
    }

    static String textOf(List<? extends Part> parts) {
        return parts.stream()
                .filter(TextPart.class::isInstance)
                .map(part -> ((TextPart) part).text())
                .collect(Collectors.joining());
    }
}
