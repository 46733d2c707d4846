package dev.bindery.binding.router;

import dev.bindery.api.Caller;
import dev.bindery.api.JsonObject;
import java.util.Optional;

/** What requests have in common that are to go to one target. */
enum Sticky {
    /** Nothing: each request goes its own way. */
    NONE,
    /** The session that the client names. */
    SESSION,
    /** The API key, by its name. */
    KEY,
    /** The user that the client names among its parameters. */
    USER;

    /** What it is for this request; absent where the client does not say. */
    Optional<String> of(Caller caller, JsonObject parameters) {
        return switch (this) {
            case NONE -> Optional.empty();
            case SESSION -> caller.session();
            case KEY -> caller.keyName();
            case USER ->
                    parameters
                            .object("openai")
                            .text("user")
                            .or(() ->
                                    parameters
                                            .object("anthropic")
                                            .object("metadata")
                                            .text("user_id"));
        };
    }
}
