package dev.bindery.server.openai.responses;

import dev.bindery.api.Candidate;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The items of one answer, in their order; each has an id of its own. For one thread. */
final class Items {
    private final String stem;
    private final List<Item> items = new ArrayList<>();

    /**
     * @param stem what the ids of one answer share
     */
    Items(String stem) {
        this.stem = stem;
    }

    /** The items of a whole answer. */
    static Items of(String stem, Candidate answer) {
        Items items = new Items(stem);
        for (Part part : answer.parts()) {
            switch (part) {
                case TextPart text -> items.message().add(text.text());
                case ReasoningPart thought -> items.thought(thought);
                case ToolCallPart call -> items.call(call);
                default -> {}
            }
        }
        items.texts().findFirst().ifPresent(text -> text.add(answer.logprobs()));
        return items;
    }

    private Stream<MessageItem> texts() {
        return items.stream().filter(MessageItem.class::isInstance).map(MessageItem.class::cast);
    }

    MessageItem message() {
        return added(new MessageItem(id("msg_")));
    }

    ReasoningItem reasoning() {
        return added(new ReasoningItem(id("rs_")));
    }

    CallItem call() {
        return added(new CallItem(id("fc_")));
    }

    List<Item> all() {
        return items;
    }

    int indexOf(Item item) {
        return items.indexOf(item);
    }

    private void thought(ReasoningPart thought) {
        ReasoningItem item = reasoning();
        item.add(thought.text());
        boolean more =
                thought.signature().isPresent()
                        || thought.redacted()
                        || !thought.providerData().isEmpty();
        if (more) {
            item.attach(thought);
        }
    }

    private void call(ToolCallPart part) {
        CallItem item = call();
        item.begin(ToolCallDelta.of(0, part.id(), part.name(), ""));
        item.add(part.arguments());
    }

    private String id(String prefix) {
        return prefix + stem + "_" + items.size();
    }

    private <I extends Item> I added(I item) {
        items.add(item);
        return item;
    }
}
