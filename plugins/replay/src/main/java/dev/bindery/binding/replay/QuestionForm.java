package dev.bindery.binding.replay;

import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.api.Tool;
import dev.bindery.http.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls as questions: what was said is there, and what was not is left out. Left out always is what
 * concerns the asking and not the answer: who asks, how long he waits, whether he reads along, how
 * much is logged, how long the model stays in memory, and hints for the provider's cache.
 */
record QuestionForm(PartForm parts) {
    ObjectNode write(String kind, GenerationRequest request) {
        Fields fields = new Fields().text("kind", kind).text("model", request.model());
        request.chat()
                .ifPresent(chat ->
                        fields.node(
                                "messages",
                                Fields.list(chat.messages().stream().map(this::write).toList())));
        request.prompt().ifPresent(prompt -> fields.node("prompt", write(prompt)));
        fields.whole("max_tokens", request.maxTokens())
                .node("sampling", write(request.sampling()))
                .whole("logprobs", request.logprobs());
        if (request.candidates() > 1) {
            fields.node().put("candidates", request.candidates());
        }
        fields.node(
                "tools", Fields.list(request.tools().stream().map(QuestionForm::write).toList()));
        request.toolChoice()
                .ifPresent(choice ->
                        fields.node(
                                "tool_choice",
                                new Fields()
                                        .text("mode", choice.mode())
                                        .text("tool", choice.tool())
                                        .node()));
        request.parallelTools().ifPresent(flag -> fields.node().put("parallel_tools", flag));
        if (!request.responseFormat().kind().equals(ResponseFormat.TEXT.kind())) {
            fields.node("response_format", write(request.responseFormat()));
        }
        request.reasoning().ifPresent(options -> fields.node("reasoning", write(options)));
        return fields.foreign("parameters", request.parameters()).node();
    }

    ObjectNode write(EmbeddingRequest request) {
        Fields fields =
                new Fields()
                        .text("kind", "embed")
                        .text("model", request.model())
                        .node(
                                "inputs",
                                Fields.list(
                                        request.inputs().stream()
                                                .map(QuestionForm::write)
                                                .toList()))
                        .text("purpose", request.purpose().map(EmbeddingPurpose::name))
                        .whole("dimensions", request.dimensions());
        if (!request.truncate()) {
            fields.node().put("truncate", false);
        }
        return fields.foreign("parameters", request.parameters()).node();
    }

    static ObjectNode tokenize(String model, String text) {
        return new Fields().text("kind", "tokenize").text("model", model).text("text", text).node();
    }

    static ObjectNode detokenize(String model, int[] tokens) {
        ObjectNode question = new Fields().text("kind", "detokenize").text("model", model).node();
        question.set("tokens", Fields.wholes(tokens));
        return question;
    }

    private ObjectNode write(Message message) {
        return new Fields()
                .text("role", message.role().name())
                .text("name", message.name())
                .node("parts", parts.write(message.parts()))
                .node();
    }

    private static ObjectNode write(Prompt prompt) {
        Fields fields = new Fields().text("text", prompt.text()).text("suffix", prompt.suffix());
        prompt.tokens().ifPresent(tokens -> fields.node().set("tokens", Fields.wholes(tokens)));
        return fields.flag("echo", prompt.echo()).node();
    }

    private static ObjectNode write(EmbeddingInput input) {
        Fields fields = new Fields().text("text", input.text());
        input.tokens().ifPresent(tokens -> fields.node().set("tokens", Fields.wholes(tokens)));
        return fields.node();
    }

    private static ObjectNode write(Sampling sampling) {
        return new Fields()
                .number("temperature", sampling.temperature())
                .number("top_p", sampling.topP())
                .whole("top_k", sampling.topK())
                .number("min_p", sampling.minP())
                .number("repeat_penalty", sampling.repeatPenalty())
                .whole("repeat_last_n", sampling.repeatLastN())
                .number("presence_penalty", sampling.presencePenalty())
                .number("frequency_penalty", sampling.frequencyPenalty())
                .whole("seed", sampling.seed())
                .node("stop", Fields.texts(sampling.stop()))
                .node();
    }

    private static ObjectNode write(Tool tool) {
        return new Fields()
                .text("name", tool.name())
                .text("description", tool.description())
                .node("parameters", Json.node(tool.parameters()))
                .flag("strict", tool.strict())
                .node();
    }

    private static ObjectNode write(ResponseFormat format) {
        Fields fields =
                new Fields()
                        .text("kind", format.kind())
                        .text("name", format.name())
                        .text("description", format.description());
        format.schema().ifPresent(schema -> fields.node("schema", Json.node(schema)));
        return fields.flag("strict", format.strict()).node();
    }

    private static ObjectNode write(ReasoningOptions options) {
        return new Fields()
                .text("effort", options.effort().map(ReasoningEffort::name))
                .whole("budget_tokens", options.budgetTokens())
                .flag("include_thoughts", options.includeThoughts())
                .node();
    }
}
