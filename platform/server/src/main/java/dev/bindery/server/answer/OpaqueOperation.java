package dev.bindery.server.answer;

import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import java.util.Optional;

/**
 * How a binding tells of a part that the contract has no name for: {@code JSON_INFOS} with {@code
 * {"opaque": {"dialect", "kind", "content"}}} in its metadata.
 */
final class OpaqueOperation {
    private OpaqueOperation() {}

    /** The part; empty where the operation tells of something else. */
    static Optional<OpaquePart> part(Operation operation) {
        JsonObject said = operation.metadata().object("opaque");
        Optional<String> dialect = said.text("dialect");
        Optional<String> kind = said.text("kind");
        Optional<JsonValue> content = said.field("content");
        return dialect.isPresent() && kind.isPresent() && content.isPresent()
                ? Optional.of(OpaquePart.of(dialect.get(), kind.get(), content.get()))
                : Optional.empty();
    }
}
