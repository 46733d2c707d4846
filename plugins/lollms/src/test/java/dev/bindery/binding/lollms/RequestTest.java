package dev.bindery.binding.lollms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.Sampling;
import dev.bindery.api.TextPart;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolResultPart;
import dev.bindery.fixture.MockProvider;
import dev.bindery.http.Json;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RequestTest {
    private static final List<Message> CONVERSATION =
            List.of(
                    Message.of(Role.DEVELOPER, "Be brief."),
                    Message.user("Hi {role}"),
                    Message.assistant("Hello"),
                    Message.user("Who are {text}?"));

    @Test
    void aPromptGoesAsItIsWithWhatLollmsKnowsOfSampling() throws Exception {
        Sampling sampling =
                Sampling.builder()
                        .temperature(0.5)
                        .topP(0.9)
                        .topK(40)
                        .minP(0.05)
                        .repeatPenalty(1.1)
                        .repeatLastN(64)
                        .seed(7L)
                        .build();

        JsonNode asked =
                sent(
                        Map.of(),
                        GenerationRequest.prompt("openai::gpt", "Once")
                                .sampling(sampling)
                                .maxTokens(9)
                                .parameters(
                                        JsonObject.of(
                                                "lollms",
                                                JsonObject.of("n_threads", 4).with("evil", 1))));

        assertThat(asked)
                .isEqualTo(
                        json(
                                "{'prompt':'Once','model_name':'openai::gpt','stream':true,'n_predict':9,'temperature':0.5,'top_p':0.9,'top_k':40,'repeat_penalty':1.1,'repeat_last_n':64,'seed':7,'n_threads':4}"));
    }

    @Test
    void aConversationIsWrittenWithTheTemplates() throws Exception {
        JsonNode asked = sent(Map.of(), GenerationRequest.chat("m", CONVERSATION));

        assertThat(asked.path("prompt").stringValue())
                .isEqualTo(
                        "!@>system: Be brief.\n!@>user: Hi {role}\n!@>assistant: Hello\n!@>user: Who are {text}?\n!@>assistant: ");
        assertThat(asked.path("n_predict").intValue()).isEqualTo(-1);
    }

    @Test
    void theTemplatesAreTheOperators() throws Exception {
        Map<String, Object> chatMl =
                Map.of(
                        "message_template",
                        "<|im_start|>{role}\n{text}<|im_end|>\n",
                        "answer_template",
                        "<|im_start|>assistant\n",
                        "max_tokens",
                        64,
                        "seed",
                        3);

        JsonNode asked = sent(chatMl, Lollms.chat("Hi"));
        JsonNode raw = sent(Map.of("mode", "raw"), GenerationRequest.chat("m", CONVERSATION));

        assertThat(asked.path("prompt").stringValue())
                .isEqualTo("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
        assertThat(asked.path("n_predict").intValue()).isEqualTo(64);
        assertThat(asked.path("seed").intValue()).isEqualTo(3);
        assertThat(raw.path("prompt").stringValue())
                .isEqualTo("Be brief.\nHi {role}\nHello\nWho are {text}?");
    }

    @Test
    void aTemplateWithoutAPlaceForTheTextIsRefusedAtOnce() {
        assertThatThrownBy(() -> new Lollms(Map.of("message_template", "{role}:")))
                .hasMessageContaining("{text}");
    }

    @Test
    void imagesGoAlongInBase64() throws Exception {
        Blob png = Blob.of("image/png", new byte[] {1, 2, 3});
        Message user = Message.of(Role.USER, List.of(TextPart.of("look"), MediaPart.of(png)));
        try (Lollms lollms = Lollms.withDefaults()) {
            lollms.says("a cat");
            lollms.binding()
                    .generate(
                            GenerationRequest.chat("m", List.of(user)).build(),
                            GenerationCallback.IGNORE);

            RecordedRequest request = lollms.request();
            assertThat(request.getTarget()).isEqualTo("/lollms_generate_with_images");
            assertThat(Json.parse(request.getBody().utf8()).path("images"))
                    .isEqualTo(json("['AQID']"));
        }
    }

    @Test
    void operationsAreAskedForAndTheKeyIsABearerToken() throws Exception {
        try (Lollms lollms = new Lollms(Map.of("api_key", "very-secret"))) {
            lollms.says("x");
            lollms.binding().generate(Lollms.chat("hi").build(), GenerationCallback.IGNORE);

            RecordedRequest request = lollms.request();
            assertThat(request.getTarget()).isEqualTo("/lollms_generate");
            assertThat(request.getHeaders().get("Accept")).contains("application/x-ndjson");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer very-secret");
        }
    }

    @Test
    void whatLollmsHasNoPlaceForIsRefused() {
        refused(Lollms.chat("hi").tools(List.of(Tool.builder("f").build())), "tools");
        refused(Lollms.chat("hi").responseFormat(ResponseFormat.JSON), "form");
        refused(Lollms.chat("hi").candidates(2), "one answer");
        refused(GenerationRequest.builder("m", Prompt.ofTokens(new int[] {1})), "tokens");
        refused(GenerationRequest.builder("m", Prompt.of("a").withSuffix("b")), "suffix");
        refused(
                GenerationRequest.chat(
                        "m", List.of(Message.of(Role.TOOL, List.of(ToolResultPart.of("c", "x"))))),
                "ToolResultPart");
        refused(
                GenerationRequest.chat(
                        "m",
                        List.of(
                                Message.of(
                                        Role.USER,
                                        List.of(
                                                MediaPart.of(
                                                        Blob.of("audio/wav", new byte[] {1})))))),
                "no other media");
    }

    /** What the server was sent. */
    private static JsonNode sent(Map<String, ?> settings, GenerationRequest.Builder request)
            throws Exception {
        try (Lollms lollms = new Lollms(settings)) {
            lollms.says("x");
            lollms.binding().generate(request.build(), GenerationCallback.IGNORE);
            return lollms.asked();
        }
    }

    private static void refused(GenerationRequest.Builder request, String words) {
        BindingException refusal = Lollms.failure(() -> sent(Map.of(), request));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(refusal).hasMessageContaining(words);
    }

    private static JsonNode json(String text) {
        return Json.parse(MockProvider.quoted(text));
    }
}
