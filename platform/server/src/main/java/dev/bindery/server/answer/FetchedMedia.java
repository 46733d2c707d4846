package dev.bindery.server.answer;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.TokenCount;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.fetch.Fetched;
import dev.bindery.server.fetch.MediaFetcher;
import dev.bindery.server.models.ModelsBehind;
import java.net.URI;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;

/**
 * The models, asked with media in place of the addresses of media: what a client names is fetched
 * here and by no binding, once its model is known to take such. Safe for all threads.
 */
public final class FetchedMedia extends ModelsBehind {
    private static final Set<Capability> MEDIA =
            Set.of(Capability.IMAGES, Capability.AUDIO, Capability.DOCUMENTS);

    private final MediaFetcher fetcher;

    public FetchedMedia(ModelRouter models, MediaFetcher fetcher) {
        super(models);
        this.fetcher = fetcher;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        return fetched(request, whole -> super.generate(whole, sink));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return fetched(request, super::countTokens);
    }

    private <T> T fetched(GenerationRequest request, Function<GenerationRequest, T> ask) {
        Chat chat = request.chat().orElse(null);
        Set<URI> addresses = chat == null ? Set.of() : MediaAddresses.of(chat);
        if (chat == null || addresses.isEmpty()) {
            return ask.apply(request);
        }
        checkTakesMedia(request.model());
        Fetched fetched = fetcher.fetch(addresses, request.cancellation());
        boolean kept = false;
        try {
            Chat whole = MediaAddresses.replaced(chat, fetched::of);
            T answer = ask.apply(request.toBuilder().input(whole).build());
            kept = answer instanceof GenerationResult result && holds(result, fetched);
            return answer;
        } finally {
            if (!kept) {
                fetched.close();
            }
        }
    }

    private void checkTakesMedia(String model) {
        ServedModel served = resolve(model);
        if (Collections.disjoint(served.capabilities(), MEDIA)) {
            throw BindingException.unsupported(
                    "\"%s\" takes neither images nor audio nor documents".formatted(served.id()));
        }
    }

    /** An answer may show what was asked about, and is written after this has returned it. */
    private static boolean holds(GenerationResult answer, Fetched fetched) {
        return answer.candidates().stream()
                .flatMap(candidate -> candidate.parts().stream())
                .anyMatch(part ->
                        part instanceof MediaPart media
                                && media.blob().filter((Blob b) -> fetched.holds(b)).isPresent());
    }
}
