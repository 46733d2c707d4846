package org.example.faq;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import dev.bindery.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

public class FaqBinding extends LlmBinding {
    private Map<String, String> answers = Map.of();

    @Override
    public void start(BindingContext context) throws IOException {
        try (InputStream faq = FaqBinding.class.getResourceAsStream("/faq.yaml")) {
            answers = new TreeMap<>(new Yaml().<Map<String, String>>load(faq));
        }
    }

    @Override
    public List<String> listModels() {
        return List.of("faq");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        if (!listModels().contains(request.model())) {
            throw BindingException.modelNotFound("the only model is faq");
        }
        String question =
                request.chat()
                        .flatMap(chat -> chat.last(Role.USER))
                        .map(Message::text)
                        .orElseThrow(() -> BindingException.invalidRequest("ask a question"));
        String answer =
                answers.getOrDefault(
                        question.strip().toLowerCase(Locale.ROOT),
                        "I know the answers to: " + String.join(" ", answers.keySet()));
        callback.chunk(answer);
        return GenerationResult.of(answer);
    }
}
