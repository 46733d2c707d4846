package dev.bindery.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;

/** Counts tokens where no tokenizer is at hand: a token for every four bytes of UTF-8 text. */
final class TokenEstimate {
    private static final int BYTES_PER_TOKEN = 4;

    private TokenEstimate() {}

    /** The input with the tools that the model is told of. */
    static TokenCount of(GenerationRequest request) {
        TokenCount input = of(request.input());
        long tools = sum(request.tools(), TokenEstimate::ofTool);
        return tools == 0 ? input : TokenCount.about(input.tokens() + tools);
    }

    private static long ofTool(Tool tool) {
        return ofText(tool.name() + tool.description().orElse("") + tool.parameters());
    }

    static TokenCount of(GenerationInput input) {
        return switch (input) {
            case Chat chat -> TokenCount.about(sum(chat.messages(), m -> ofParts(m.parts())));
            case Prompt prompt when prompt.tokens().isPresent() ->
                    TokenCount.exactly(prompt.tokens().get().length);
            case Prompt prompt -> TokenCount.about(ofText(prompt.text().orElse("")));
            default -> TokenCount.about(0);
        };
    }

    private static long ofParts(List<Part> parts) {
        return sum(
                parts,
                part ->
                        switch (part) {
                            case TextPart text -> ofText(text.text());
                            case ReasoningPart reasoning -> ofText(reasoning.text());
                            case ToolCallPart call -> ofText(call.name() + call.arguments());
                            case ToolResultPart result -> ofParts(result.parts());
                            default -> 0;
                        });
    }

    private static long ofText(String text) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    private static <T> long sum(List<T> items, ToLongFunction<T> count) {
        return items.stream().mapToLong(count).sum();
    }
}
