package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How much a model is told to think. */
class ThinkingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-3-pro-preview|none|{'thinkingLevel':'LOW'}",
                "gemini-3-pro-preview|low|{'thinkingLevel':'LOW','includeThoughts':true}",
                "gemini-3.5-flash|none|{'thinkingLevel':'MINIMAL'}",
                "gemini-3.5-flash|minimal|{'thinkingLevel':'MINIMAL','includeThoughts':true}",
                "gemini-3.5-flash|medium|{'thinkingLevel':'MEDIUM','includeThoughts':true}",
                "gemini-12-flash|xhigh|{'thinkingLevel':'HIGH','includeThoughts':true}",
                "gemini-2.5-flash|none|{'thinkingBudget':0}",
                "gemini-2.5-pro|none|{'thinkingBudget':128}",
                "gemini-2.5-pro|low|{'thinkingBudget':1024,'includeThoughts':true}",
                "gemini-2.5-flash|medium|{'thinkingBudget':8192,'includeThoughts':true}",
                "gemini-flash-latest|high|{'thinkingBudget':24576,'includeThoughts':true}",
                "gemini-2.0-flash|high|",
                "gemma-3-27b-it|high|"
            })
    void effortIsMeasuredAsTheModelKnowsIt(String model, String effort, @Nullable String expected)
            throws Exception {
        ReasoningOptions wanted =
                ReasoningOptions.builder().effort(new ReasoningEffort(effort)).build();

        assertConfig(Map.of(), model, wanted, expected);
    }

    @Test
    void aBudgetIsPassedOnAndItsTokensComeOnTopOfTheAnswers() throws Exception {
        JsonNode config =
                RequestTest.asked(
                                Map.of(),
                                Provider.chat()
                                        .maxTokens(100)
                                        .reasoning(
                                                ReasoningOptions.builder()
                                                        .budgetTokens(2000)
                                                        .includeThoughts(false)
                                                        .build()))
                        .path("generationConfig");

        assertThat(config)
                .isEqualTo(
                        RequestTest.json(
                                "{'maxOutputTokens':2100,'thinkingConfig':{'thinkingBudget':2000,'includeThoughts':false}}"));
    }

    @Test
    void theOperatorKnowsBetterThanTheName() throws Exception {
        ReasoningOptions high = ReasoningOptions.builder().effort(ReasoningEffort.HIGH).build();

        assertConfig(
                Map.of("thinking", "level"),
                "mine",
                high,
                "{'thinkingLevel':'HIGH','includeThoughts':true}");
        assertConfig(
                Map.of("thinking", "budget"),
                "gemini-2.0-flash",
                high,
                "{'thinkingBudget':24576,'includeThoughts':true}");
        assertConfig(Map.of("thinking", "none"), "gemini-3-pro", high, null);
    }

    private static void assertConfig(
            Map<String, ?> settings,
            String model,
            ReasoningOptions wanted,
            @Nullable String expected)
            throws Exception {
        JsonNode asked =
                RequestTest.asked(
                        settings,
                        GenerationRequest.chat(model, List.of(Message.user("x")))
                                .reasoning(wanted));
        if (expected == null) {
            assertThat(asked.has("generationConfig")).isFalse();
        } else {
            assertThat(asked.at("/generationConfig/thinkingConfig"))
                    .isEqualTo(RequestTest.json(expected));
        }
    }
}
