package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Prompt;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request as the body of {@code /api/chat} or {@code /api/generate}. */
final class GenerationBody {
    private final OllamaSettings settings;
    private final GenerationFields fields;

    GenerationBody(OllamaSettings settings) {
        this.settings = settings;
        this.fields = new GenerationFields(settings);
    }

    UpstreamRequest.Builder of(GenerationRequest request) {
        if (request.candidates() > 1) {
            throw BindingException.unsupported("Ollama gives one answer to a request");
        }
        return switch (request.input()) {
            case Chat chat -> UpstreamRequest.post("api/chat", chat(request, chat));
            case Prompt prompt -> UpstreamRequest.post("api/generate", prompt(request, prompt));
            default ->
                    throw BindingException.unsupported("this binding takes chats and prompts only");
        };
    }

    private ObjectNode chat(GenerationRequest request, Chat chat) {
        if (chat.messages().isEmpty()) {
            throw BindingException.invalidRequest("a chat needs a message at least");
        }
        ObjectNode body = fields.of(request);
        body.set("messages", new ChatMessages(settings.imageLimit()).write(chat));
        if (offersTools(request)) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> tools.add(tool(tool)));
        }
        return body;
    }

    /** Ollama leaves the choice to the model; not to have any is the one thing it can be told. */
    private static boolean offersTools(GenerationRequest request) {
        String choice = request.toolChoice().map(ToolChoice::mode).orElse("auto");
        return switch (choice) {
            case "auto" -> !request.tools().isEmpty();
            case "none" -> false;
            default ->
                    throw BindingException.unsupported(
                            "the tool choice %s: with Ollama the model decides; there are auto and none"
                                    .formatted(choice));
        };
    }

    private static ObjectNode tool(Tool tool) {
        ObjectNode written = Json.object().put("type", "function");
        ObjectNode function = written.putObject("function").put("name", tool.name());
        tool.description().ifPresent(text -> function.put("description", text));
        if (tool.parameters().isEmpty()) {
            function.putObject("parameters").put("type", "object").putObject("properties");
        } else {
            function.set("parameters", Json.node(tool.parameters()));
        }
        return written;
    }

    private ObjectNode prompt(GenerationRequest request, Prompt prompt) {
        if (!request.tools().isEmpty()) {
            throw BindingException.unsupported("tools need a chat; a bare prompt has none");
        }
        String text =
                prompt.text()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "Ollama takes a prompt as text, not as tokens"));
        if (text.isEmpty()) {
            throw BindingException.invalidRequest("the prompt is empty");
        }
        ObjectNode body = fields.of(request).put("prompt", text);
        prompt.suffix()
                .ifPresentOrElse(
                        suffix -> body.put("suffix", suffix),
                        () -> body.put("raw", settings.raw()));
        return body;
    }
}
