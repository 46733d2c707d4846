package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.Chat;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.ToolResultPart;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The media of a conversation that are named by their addresses, results of tools included. */
final class MediaAddresses {
    private MediaAddresses() {}

    static Set<URI> of(Chat chat) {
        Set<URI> found = new LinkedHashSet<>();
        chat.messages().forEach(message -> find(message.parts(), found));
        return found;
    }

    private static void find(List<Part> parts, Set<URI> found) {
        for (Part part : parts) {
            switch (part) {
                case MediaPart media -> media.uri().ifPresent(found::add);
                case ToolResultPart result -> find(result.parts(), found);
                default -> {}
            }
        }
    }

    /** The conversation with what is at each address in its place. */
    static Chat replaced(Chat chat, Function<URI, Blob> media) {
        return Chat.of(
                chat.messages().stream()
                        .map(message ->
                                Message.of(message.role(), replaced(message.parts(), media))
                                        .withName(message.name().orElse(null)))
                        .toList());
    }

    private static List<Part> replaced(List<Part> parts, Function<URI, Blob> media) {
        return parts.stream().map(part -> replaced(part, media)).toList();
    }

    private static Part replaced(Part part, Function<URI, Blob> media) {
        return switch (part) {
            case MediaPart address when address.uri().isPresent() ->
                    MediaPart.of(media.apply(address.uri().get()))
                            .withName(address.name().orElse(null))
                            .withDetail(address.detail().orElse(null))
                            .withCacheHint(address.cacheHint().orElse(null))
                            .withProviderData(address.providerData());
            case ToolResultPart result ->
                    ToolResultPart.of(
                                    result.callId(),
                                    result.name().orElse(null),
                                    replaced(result.parts(), media),
                                    result.isError())
                            .withCacheHint(result.cacheHint().orElse(null))
                            .withProviderData(result.providerData());
            default -> part;
        };
    }
}
