package dev.bindery.echo;

import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an answer will be, known before its first piece.
 *
 * @param lead pieces of the prompt that go before the answer, where the request wants that; they
 *     are not counted
 * @param pieces those of the answer
 * @param finishReason why it ends
 * @param stopSequence at which it ends, where it does
 */
record Plan(
        List<String> lead,
        List<String> pieces,
        FinishReason finishReason,
        Optional<String> stopSequence) {

    static Plan of(String text, GenerationRequest request) {
        List<String> all = Pieces.of(text);
        List<String> allowed =
                all.subList(0, Math.min(all.size(), request.maxTokens().orElse(all.size())));
        String said = String.join("", allowed);
        Optional<String> stop = firstStop(said, request.sampling().stop());
        List<String> pieces =
                stop.map(found -> Pieces.of(said.substring(0, said.indexOf(found))))
                        .orElse(allowed);
        boolean cut = stop.isEmpty() && allowed.size() < all.size();
        boolean lead = request.prompt().filter(prompt -> prompt.echo()).isPresent();
        return new Plan(
                lead ? all : List.of(),
                pieces,
                cut ? FinishReason.LENGTH : FinishReason.STOP,
                stop);
    }

    /** The stop sequence that begins first; of two at one place the longer. */
    private static Optional<String> firstStop(String text, List<String> stops) {
        return stops.stream()
                .filter(stop -> !stop.isEmpty() && text.contains(stop))
                .min(
                        Comparator.<String>comparingInt(text::indexOf)
                                .thenComparing(String::length, Comparator.reverseOrder()));
    }

    /** How many pieces are sent, the lead's among them. */
    int size() {
        return lead.size() + pieces.size();
    }

    String piece(int index) {
        return index < lead.size() ? lead.get(index) : pieces.get(index - lead.size());
    }
}
