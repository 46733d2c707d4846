package dev.bindery.host;

import dev.bindery.api.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in a host.
 *
 * @param id counts up without a hole within one run of the host, and is greater after every restart
 * @param time when
 * @param topic what kind: a type and what happened, {@code binding/ACTIVE}, {@code
 *     instance/FAILED}, {@code notification/warning}, {@code progress/pull}, {@code
 *     model/UNLOADED}, {@code extension/ACTIVE}, …
 * @param subject which binding, instance, model or extension
 * @param message what happened or why, in a sentence; may be empty
 * @param data details: {@code binding} and {@code instance} where the event concerns one and is not
 *     named after it, and what the topic adds; may be empty
 */
public record Event(
        long id, Instant time, String topic, String subject, String message, JsonObject data) {
    /** The first part of the topic: {@code binding}, {@code instance}, {@code notification}, … */
    public String type() {
        int slash = topic.indexOf('/');
        return slash < 0 ? topic : topic.substring(0, slash);
    }

    /** The id of the binding that it concerns, where it is known. */
    public Optional<String> binding() {
        return type().equals("binding") ? Optional.of(subject) : data.text("binding");
    }

    /** The name of the instance that it concerns, where there is one. */
    public Optional<String> instance() {
        return switch (type()) {
            case "instance", "notification" -> Optional.of(subject);
            default -> data.text("instance");
        };
    }

    /** How much it matters: {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}. */
    public String level() {
        if (type().equals("progress")) {
            return "DEBUG";
        }
        return switch (topic.substring(topic.indexOf('/') + 1)) {
            case "FAILED", "QUARANTINED", "LEAKED", "error" -> "ERROR";
            case "SHADOWED", "REFUSED", "ROLLED_BACK", "warning" -> "WARN";
            default -> "INFO";
        };
    }
}
