package dev.bindery.server.openai;

import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A streamed completion: {@code text_completion} objects, which know text alone. */
final class CompletionChunks extends SseChunks {
    private static final byte[] TEXT = JsonText.utf8(",\"text\":");

    private final TextOffsets offsets = new TextOffsets();

    CompletionChunks(AnswerHead head, boolean includeUsage) {
        super(head, "text_completion", "\"text\":\"\"", includeUsage);
    }

    @Override
    public void begin(int candidates, JsonText out) {}

    @Override
    public void text(int candidate, String more, JsonText out) {
        goesOn(choice(candidate, out).raw(TEXT).text(more));
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {}

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {}

    @Override
    void write(int candidate, List<TokenLogprob> tokens, JsonText out) {
        CompletionLogprobs.write(tokens, offsets.next(candidate, tokens), out);
    }
}
