package dev.bindery.server.anthropic;

import dev.bindery.api.ErrorCode;
import dev.bindery.server.http.Refusal;

/** Refusals of what Anthropic itself offers and this server does not. */
final class Unsupported {
    private Unsupported() {}

    static Refusal of(String field, String reason) {
        return Refusal.of(400, ErrorCode.UNSUPPORTED.name(), field + ": " + reason).about(field);
    }
}
