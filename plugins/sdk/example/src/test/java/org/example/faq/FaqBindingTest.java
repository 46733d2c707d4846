package org.example.faq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaqBindingTest {
    @Test
    void aKnownQuestionIsAnswered() throws Exception {
        FaqBinding binding = new FaqBinding();
        binding.start(null);
        GenerationRequest request =
                GenerationRequest.chat("faq", List.of(Message.user("Who wrote it?"))).build();

        assertEquals("You will.", binding.generate(request, GenerationCallback.IGNORE).text());
    }
}
