package dev.bindery.host;

import dev.bindery.api.JsonObject;
import java.time.Instant;

/**
 * Something that happened in a host.
 *
 * @param id counts up from 1 within one run of the host
 * @param time when
 * @param topic what kind: {@code binding/ACTIVE}, {@code instance/FAILED}, {@code
 *     notification/warning}, {@code progress}, …
 * @param subject which binding, instance or model
 * @param message what happened, in a sentence
 * @param data details; may be empty
 */
public record Event(
        long id, Instant time, String topic, String subject, String message, JsonObject data) {}
