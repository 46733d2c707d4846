package dev.bindery.server.answer;

/** How far one candidate of a {@link StreamedAnswer} has come. */
final class CandidateStream {
    private final DeltaText text;
    private final WholeCharacters reasoning = new WholeCharacters();
    private boolean said;

    CandidateStream(boolean corrections) {
        text = new DeltaText(corrections);
    }

    DeltaText text() {
        return text;
    }

    WholeCharacters reasoning() {
        return reasoning;
    }

    void said() {
        said = true;
    }

    /** Whether no operation has said anything of its answer. */
    boolean untouched() {
        return !text.touched() && !said;
    }
}
