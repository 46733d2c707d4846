package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A streamed chat answer: {@code chat.completion.chunk}s. */
final class ChatChunks implements AnswerForm {
    private static final byte[] ROLE =
            JsonText.utf8(",\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
    private static final byte[] CONTENT = JsonText.utf8(",\"delta\":{\"content\":");
    private static final byte[] REASONING = JsonText.utf8(",\"delta\":{\"reasoning_content\":");
    private static final byte[] TOOL_CALL = JsonText.utf8(",\"delta\":{\"tool_calls\":[");
    private static final byte[] TOOL_CALL_END = JsonText.utf8("]}");
    private static final byte[] DELTA_END = JsonText.utf8("}");
    private static final byte[] GOES_ON =
            JsonText.utf8(",\"logprobs\":null,\"finish_reason\":null");
    private static final byte[] LOGPROBS = JsonText.utf8(",\"delta\":{},\"logprobs\":");
    private static final byte[] NOT_FINISHED = JsonText.utf8(",\"finish_reason\":null");
    private static final byte[] FINISH =
            JsonText.utf8(",\"delta\":{},\"logprobs\":null,\"finish_reason\":");

    private final SseChunks chunks;

    ChatChunks(AnswerHead head, boolean includeUsage) {
        chunks = new SseChunks(head, "chat.completion.chunk", includeUsage);
    }

    @Override
    public String contentType() {
        return SseChunks.CONTENT_TYPE;
    }

    @Override
    public void begin(int candidates, JsonText out) {
        for (int i = 0; i < candidates; i++) {
            chunks.choice(i, out).raw(ROLE).raw(GOES_ON);
            chunks.close(out);
        }
    }

    @Override
    public void text(int candidate, String more, JsonText out) {
        chunks.choice(candidate, out).raw(CONTENT).text(more).raw(DELTA_END).raw(GOES_ON);
        chunks.close(out);
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {
        chunks.choice(candidate, out).raw(REASONING).text(more).raw(DELTA_END).raw(GOES_ON);
        chunks.close(out);
    }

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {
        chunks.choice(candidate, out).raw(TOOL_CALL);
        ToolCallJson.fragment(more, out);
        out.raw(TOOL_CALL_END).raw(GOES_ON);
        chunks.close(out);
    }

    @Override
    public void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {
        chunks.choice(candidate, out).raw(LOGPROBS);
        ChatLogprobs.write(tokens, out);
        out.raw(NOT_FINISHED);
        chunks.close(out);
    }

    @Override
    public void finish(int candidate, Candidate whole, JsonText out) {
        chunks.choice(candidate, out).raw(FINISH).text(FinishReasons.of(whole.finishReason()));
        chunks.close(out);
    }

    @Override
    public void end(AnswerTotals totals, JsonText out) {
        chunks.end(totals, out);
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        chunks.failure(refusal, out);
    }

    @Override
    public void keepAlive(JsonText out) {
        chunks.keepAlive(out);
    }
}
