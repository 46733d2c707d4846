package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.answer.AnswerMedia;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A streamed chat answer: {@code chat.completion.chunk}s. */
final class ChatChunks extends SseChunks {
    private static final byte[] ROLE =
            JsonText.utf8(",\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
    private static final byte[] DELTA = JsonText.utf8(",\"delta\":{");
    private static final byte[] CONTENT = JsonText.utf8(",\"delta\":{\"content\":");
    private static final byte[] REASONING = JsonText.utf8(",\"delta\":{\"reasoning_content\":");
    private static final byte[] TOOL_CALL = JsonText.utf8(",\"delta\":{\"tool_calls\":[");
    private static final byte[] TOOL_CALL_END = JsonText.utf8("]}");
    private static final byte[] DELTA_END = JsonText.utf8("}");

    ChatChunks(AnswerHead head, boolean includeUsage) {
        super(head, "chat.completion.chunk", "\"delta\":{}", includeUsage);
    }

    @Override
    public void begin(int candidates, JsonText out) {
        for (int i = 0; i < candidates; i++) {
            goesOn(choice(i, out).raw(ROLE));
        }
    }

    @Override
    public void text(int candidate, String more, JsonText out) {
        goesOn(choice(candidate, out).raw(CONTENT).text(more).raw(DELTA_END));
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {
        goesOn(choice(candidate, out).raw(REASONING).text(more).raw(DELTA_END));
    }

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {
        ToolCallJson.fragment(more, choice(candidate, out).raw(TOOL_CALL));
        goesOn(out.raw(TOOL_CALL_END));
    }

    @Override
    void last(int candidate, Candidate whole, JsonText out) {
        List<String> images = AnswerMedia.imageUrls(whole);
        if (!images.isEmpty()) {
            choice(candidate, out).raw(DELTA);
            ChatAnswer.images(images, out);
            goesOn(out.raw(DELTA_END));
        }
    }

    @Override
    void write(int candidate, List<TokenLogprob> tokens, JsonText out) {
        ChatLogprobs.write(tokens, out);
    }
}
