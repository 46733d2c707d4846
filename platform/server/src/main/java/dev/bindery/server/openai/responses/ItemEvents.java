package dev.bindery.server.openai.responses;

import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.answer.TokenJson;
import dev.bindery.server.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a streamed answer: each added, told bit by bit, and done. For one thread. */
final class ItemEvents {
    private final Events events;
    private final Items items;
    private @Nullable MessageItem message;
    private @Nullable ReasoningItem thought;
    private @Nullable CallItem call;
    private int callIndex;

    ItemEvents(Events events, Items items) {
        this.events = events;
        this.items = items;
    }

    List<Item> all() {
        return items.all();
    }

    void text(String more, JsonText out) {
        MessageItem open = message == null ? addMessage(out) : message;
        open.add(more);
        of("response.output_text.delta", open, out).field("content_index").number(0);
        out.field("delta").text(more).field("logprobs").beginArray().endArray();
        events.end(out);
    }

    /** They are told with the whole text, since they need not come in step with its pieces. */
    void logprobs(List<TokenLogprob> tokens, JsonText out) {
        (message == null ? addMessage(out) : message).add(tokens);
    }

    private MessageItem addMessage(JsonText out) {
        close("completed", out);
        MessageItem item = items.message();
        message = item;
        added(item, out);
        of("response.content_part.added", item, out).field("content_index").number(0);
        MessageItem.part("", List.of(), out.field("part"));
        events.end(out);
        return item;
    }

    void thinking(String more, JsonText out) {
        ReasoningItem open = thought == null ? addThought(out) : thought;
        if (open.text().isEmpty()) {
            of("response.reasoning_summary_part.added", open, out).field("summary_index").number(0);
            ReasoningItem.part("", out.field("part"));
            events.end(out);
        }
        open.add(more);
        of("response.reasoning_summary_text.delta", open, out).field("summary_index").number(0);
        out.field("delta").text(more);
        events.end(out);
    }

    private ReasoningItem addThought(JsonText out) {
        close("completed", out);
        ReasoningItem item = items.reasoning();
        thought = item;
        added(item, out);
        return item;
    }

    /** What was attached last stands; a signature ends the thought. */
    void attached(ReasoningPart part, JsonText out) {
        ReasoningItem open = thought == null || part.redacted() ? addThought(out) : thought;
        open.attach(part);
        if (part.redacted() || part.signature().isPresent()) {
            close("completed", out);
        }
    }

    void call(ToolCallDelta more, JsonText out) {
        CallItem open = call == null || callIndex != more.index() ? addCall(more, out) : call;
        if (!more.argumentsFragment().isEmpty()) {
            open.add(more.argumentsFragment());
            of("response.function_call_arguments.delta", open, out);
            out.field("delta").text(more.argumentsFragment());
            events.end(out);
        }
    }

    private CallItem addCall(ToolCallDelta first, JsonText out) {
        close("completed", out);
        CallItem item = items.call();
        item.begin(first);
        call = item;
        callIndex = first.index();
        added(item, out);
        return item;
    }

    /**
     * Ends what is open.
     *
     * @param status how it ended
     */
    void close(String status, JsonText out) {
        if (message != null) {
            closeMessage(message, status, out);
        }
        if (thought != null) {
            closeThought(thought, status, out);
        }
        if (call != null) {
            closeCall(call, status, out);
        }
        message = null;
        thought = null;
        call = null;
    }

    private void closeMessage(MessageItem item, String status, JsonText out) {
        of("response.output_text.done", item, out).field("content_index").number(0);
        out.field("text").text(item.text());
        TokenJson.list(item.logprobs(), out.field("logprobs"));
        events.end(out);
        of("response.content_part.done", item, out).field("content_index").number(0);
        MessageItem.part(item.text(), item.logprobs(), out.field("part"));
        events.end(out);
        done(item, status, out);
    }

    private void closeThought(ReasoningItem item, String status, JsonText out) {
        if (!item.text().isEmpty()) {
            of("response.reasoning_summary_text.done", item, out).field("summary_index").number(0);
            out.field("text").text(item.text());
            events.end(out);
            of("response.reasoning_summary_part.done", item, out).field("summary_index").number(0);
            ReasoningItem.part(item.text(), out.field("part"));
            events.end(out);
        }
        done(item, status, out);
    }

    private void closeCall(CallItem item, String status, JsonText out) {
        of("response.function_call_arguments.done", item, out);
        out.field("arguments").text(item.arguments());
        events.end(out);
        done(item, status, out);
    }

    private void added(Item item, JsonText out) {
        whole("response.output_item.added", item, "in_progress", out);
    }

    private void done(Item item, String status, JsonText out) {
        whole("response.output_item.done", item, status, out);
    }

    private void whole(String type, Item item, String status, JsonText out) {
        events.begin(type, out).field("output_index").number(items.indexOf(item));
        item.write(status, out.field("item"));
        events.end(out);
    }

    private JsonText of(String type, Item item, JsonText out) {
        events.begin(type, out).field("item_id").text(item.id());
        return out.field("output_index").number(items.indexOf(item));
    }
}
