package dev.bindery.server.answer;

/** How far one candidate of a {@link StreamedAnswer} has come. */
final class CandidateStream {
    private final DeltaText text;
    private final WholeCharacters reasoning = new WholeCharacters();

    CandidateStream(boolean corrections) {
        text = new DeltaText(corrections);
    }

    DeltaText text() {
        return text;
    }

    WholeCharacters reasoning() {
        return reasoning;
    }
}
