package dev.bindery.host.protocol;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.Role;
import tools.jackson.databind.node.ObjectNode;

/** What a model is asked: messages, or a prompt of text or tokens. */
final class InputCodec {
    private InputCodec() {}

    static ObjectNode encode(GenerationInput input, BlobWriter blobs) {
        return switch (input) {
            case Chat chat ->
                    new WireObject()
                            .text("kind", "chat")
                            .list("messages", chat.messages(), m -> message(m, blobs))
                            .node();
            case Prompt prompt -> prompt(prompt);
            default ->
                    throw new ProtocolException("no wire form of a " + input.getClass().getName());
        };
    }

    static GenerationInput decode(WireReader wire, BlobReader blobs) {
        return switch (wire.text("kind")) {
            case "chat" -> Chat.of(wire.list("messages", message -> message(message, blobs)));
            case "prompt" -> prompt(wire);
            case String kind ->
                    throw new ProtocolException(
                            "the input's kind: expected chat or prompt, found " + kind);
        };
    }

    private static ObjectNode message(Message message, BlobWriter blobs) {
        return new WireObject()
                .text("role", message.role().name())
                .text("name", message.name())
                .list("parts", message.parts(), part -> PartCodec.encode(part, blobs))
                .node();
    }

    private static Message message(WireReader wire, BlobReader blobs) {
        return Message.of(
                        new Role(wire.text("role")),
                        wire.list("parts", part -> PartCodec.decode(part, blobs)))
                .withName(wire.textIf("name").orElse(null));
    }

    private static ObjectNode prompt(Prompt prompt) {
        WireObject wire =
                new WireObject()
                        .text("kind", "prompt")
                        .text("text", prompt.text())
                        .text("suffix", prompt.suffix())
                        .flag("echo", prompt.echo());
        prompt.tokens().ifPresent(tokens -> wire.ints("tokens", tokens));
        return wire.node();
    }

    private static Prompt prompt(WireReader wire) {
        Prompt prompt =
                wire.intsIf("tokens")
                        .map(Prompt::ofTokens)
                        .orElseGet(() -> Prompt.of(wire.text("text")));
        return prompt.withSuffix(wire.textIf("suffix").orElse(null)).withEcho(wire.flag("echo"));
    }
}
