package dev.bindery.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of one candidate while they grow; the rules stand at {@link Answer}. */
final class AnswerParts {
    private final List<Growing> parts = new ArrayList<>();
    private final Map<Integer, Call> calls = new HashMap<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private @Nullable Text lastText;
    private int lastStart;

    void add(Operation operation) {
        switch (operation.type().name()) {
            case "ADD_CHUNK" -> append(operation.text());
            case "NEW_LINE" -> append("\n");
            case "REPLACE_LAST" -> replaceLast(operation.text());
            case "SET_CONTENT", "SET_CONTENT_INVISIBLE_TO_AI" -> setContent(operation.text());
            case "TOOL_CALL" -> operation.toolCall().ifPresent(this::call);
            case "REASONING" -> think(operation);
            case "MEDIA" -> operation.media().ifPresent(media -> parts.add(() -> media));
            case "LOGPROBS" -> logprobs.addAll(operation.logprobs());
            default -> {}
        }
    }

    List<Part> parts() {
        return parts.stream().filter(part -> !part.isEmpty()).map(Growing::part).toList();
    }

    List<TokenLogprob> logprobs() {
        return List.copyOf(logprobs);
    }

    private void append(String text) {
        Text run = last(Text.class);
        if (run == null) {
            run = new Text();
            parts.add(run);
        }
        lastText = run;
        lastStart = run.text.length();
        run.text.append(text);
    }

    private void replaceLast(String text) {
        if (lastText == null) {
            append(text);
        } else {
            lastText.text.setLength(lastStart);
            lastText.text.append(text);
        }
    }

    private void setContent(String text) {
        parts.removeIf(Text.class::isInstance);
        append(text);
        lastText = null;
    }

    private void think(Operation operation) {
        ReasoningPart thought =
                operation.reasoning().orElseGet(() -> ReasoningPart.of(operation.text()));
        Thought open = last(Thought.class);
        if (open == null || open.closed() || thought.redacted()) {
            parts.add(new Thought(thought));
        } else {
            open.add(thought);
        }
    }

    private void call(ToolCallDelta delta) {
        Call call = calls.get(delta.index());
        if (call == null) {
            call = new Call();
            calls.put(delta.index(), call);
            parts.add(call);
        }
        call.add(delta);
    }

    private <G> @Nullable G last(Class<G> kind) {
        Growing last = parts.isEmpty() ? null : parts.getLast();
        return kind.isInstance(last) ? kind.cast(last) : null;
    }

    /** A part that later operations may add to. */
    @FunctionalInterface
    private interface Growing {
        Part part();

        default boolean isEmpty() {
            return false;
        }
    }

    private static final class Text implements Growing {
        private final StringBuilder text = new StringBuilder();

        @Override
        public Part part() {
            return TextPart.of(text.toString());
        }

        @Override
        public boolean isEmpty() {
            return text.isEmpty();
        }
    }

    private static final class Thought implements Growing {
        private final StringBuilder text = new StringBuilder();
        private ReasoningPart last;

        Thought(ReasoningPart first) {
            last = first;
            text.append(first.text());
        }

        void add(ReasoningPart next) {
            last = next;
            text.append(next.text());
        }

        boolean closed() {
            return last.redacted() || last.signature().isPresent();
        }

        @Override
        public Part part() {
            return ReasoningPart.of(text.toString(), last.signature().orElse(null), last.redacted())
                    .withProviderData(last.providerData());
        }
    }

    private static final class Call implements Growing {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
        private JsonObject providerData = JsonObject.EMPTY;

        void add(ToolCallDelta delta) {
            id = delta.id().orElse(id);
            name = delta.name().orElse(name);
            arguments.append(delta.argumentsFragment());
            if (!delta.providerData().isEmpty()) {
                providerData = delta.providerData();
            }
        }

        @Override
        public Part part() {
            return ToolCallPart.of(id, name, arguments.toString()).withProviderData(providerData);
        }
    }
}
