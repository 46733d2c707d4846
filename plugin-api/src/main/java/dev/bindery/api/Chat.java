package dev.bindery.api;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A conversation. Turning it into the text that a model was trained on needs the model's template
 * and is the binding's business.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Chat extends GenerationInput {
    private final List<Message> messages;

    private Chat(List<Message> messages) {
        this.messages = List.copyOf(messages);
    }

    /** A conversation of these turns. */
    public static Chat of(List<Message> messages) {
        return new Chat(messages);
    }

    /** A conversation of these turns. */
    public static Chat of(Message... messages) {
        return new Chat(List.of(messages));
    }

    /** The turns in their order. */
    public List<Message> messages() {
        return messages;
    }

    /** The last message of that role. */
    public Optional<Message> last(Role role) {
        return messages.reversed().stream().filter(m -> m.role().equals(role)).findFirst();
    }
}
