package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Blob;
import dev.bindery.api.CacheHint;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.api.ToolResultPart;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatTest {
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void forget() {
        served.router.asked.clear();
    }

    private static GenerationRequest asked(String body) throws Exception {
        RawHttp.Answer answer = served.post("/v1/chat/completions", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return served.router.asked.take();
    }

    @Test
    void aWholeAnswerHasEverythingThatClientsRead() throws Exception {
        RawHttp.Answer answer = served.chat(ECHO, "one two three");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("x-request-id")).startsWith("req_");
        assertThat(answer.header("openai-processing-ms")).matches("\\d+");
        JsonNode chat = json(answer);
        assertThat(chat.get("id").stringValue()).startsWith("chatcmpl-");
        assertThat(chat.get("object").stringValue()).isEqualTo("chat.completion");
        assertThat(chat.get("created").longValue()).isGreaterThan(1_700_000_000);
        assertThat(chat.get("model").stringValue()).isEqualTo(ECHO);
        assertThat(chat.get("choices").get(0).toString())
                .isEqualTo(
                        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"one two"
                                + " three\",\"refusal\":null},\"logprobs\":null,"
                                + "\"finish_reason\":\"stop\"}");
        assertThat(chat.get("usage").toString())
                .startsWith(
                        "{\"prompt_tokens\":3,\"completion_tokens\":3,\"total_tokens\":6,"
                                + "\"prompt_tokens_details\":");
    }

    @Test
    void severalAnswersComeUnderTheirIndex() throws Exception {
        JsonNode choices = json(served.chat(ECHO, "hello", "\"n\":3")).get("choices");
        assertThat(choices).hasSize(3);
        assertThat(choices.get(2).get("index").intValue()).isEqualTo(2);
    }

    @Test
    void theTokenLimitOfTodayGoesBeforeTheOlderOne() throws Exception {
        JsonNode chat =
                json(
                        served.chat(
                                ECHO,
                                "a b c d",
                                "\"max_tokens\":4",
                                "\"max_completion_tokens\":2"));
        assertThat(chat.at("/choices/0/message/content").stringValue()).isEqualTo("a b ");
        assertThat(chat.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
    }

    @Test
    void settingsOfTheAnswerArriveAtTheModel() throws Exception {
        GenerationRequest request =
                asked(
                        Served.chatBody(
                                ECHO,
                                "x",
                                "\"temperature\":0.5,\"top_p\":1,\"top_k\":40,\"seed\":-7",
                                "\"presence_penalty\":-2,\"frequency_penalty\":1.5,\"stop\":\"e\"",
                                "\"logprobs\":true,\"top_logprobs\":4,\"reasoning_effort\":\"low\"",
                                "\"parallel_tool_calls\":false,\"max_tokens\":null"));
        assertThat(request.sampling().temperature()).hasValue(0.5);
        assertThat(request.sampling().topP()).hasValue(1);
        assertThat(request.sampling().topK()).hasValue(40);
        assertThat(request.sampling().seed()).hasValue(-7);
        assertThat(request.sampling().presencePenalty()).hasValue(-2);
        assertThat(request.sampling().frequencyPenalty()).hasValue(1.5);
        assertThat(request.sampling().stop()).containsExactly("e");
        assertThat(request.logprobs()).hasValue(4);
        assertThat(request.reasoning().orElseThrow().effort().orElseThrow().name())
                .isEqualTo("low");
        assertThat(request.parallelTools()).hasValue(false);
        assertThat(request.maxTokens()).isEmpty();
        assertThat(request.streaming()).isFalse();
    }

    @Test
    void imagesThatAModelMadeComeWithItsText() throws Exception {
        MediaPart image = MediaPart.of(Blob.of("image/png", new byte[] {1, 2, 3}));
        MediaPart sound = MediaPart.of(Blob.of("audio/wav", new byte[] {4}));
        served.router.serve(
                "fake/draws",
                (_, sink) -> {
                    List<Part> parts = List.of(TextPart.of("Look"), image, sound);
                    parts.forEach(part -> sink.on(operation(part)));
                    return GenerationResult.of(Candidate.builder().parts(parts).build());
                });
        String told =
                "\"images\":[{\"index\":0,\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,AQID\"}}]";
        assertThat(served.chat("fake/draws", "x").body())
                .contains("\"content\":\"Look\"," + told + ",\"refusal\":null}");
        assertThat(served.chat("fake/draws", "x", "\"stream\":true").body())
                .containsOnlyOnce("\"delta\":{" + told + "},\"logprobs\":null");
        assertThat(served.chat(ECHO, "x").body()).doesNotContain("images");
    }

    private static Operation operation(Part part) {
        return part instanceof MediaPart media
                ? Operation.media(media)
                : Operation.chunk(((TextPart) part).text());
    }

    /** Anthropic's word for it, which clients send that know what is behind this API. */
    @Test
    void wishesToCacheArrive() throws Exception {
        String hint = "\"cache_control\":{\"type\":\"ephemeral\"";
        GenerationRequest request =
                asked(
                        """
                        {"model":"echo/echo","messages":[{"role":"system","content":[
                         {"type":"text","text":"a"},{"type":"text","text":"b",%s,"ttl":"1h"}}]},
                         {"role":"user","content":[{"type":"image_url",%s},
                         "image_url":{"url":"data:image/png;base64,AQ=="}}]}],
                         "tools":[{"type":"function","function":{"name":"f"},%s}}],
                         "functions":[]}
                        """
                                .formatted(hint, hint, hint));
        List<Message> messages = request.chat().orElseThrow().messages();
        List<Part> system = messages.getFirst().parts();
        assertThat(system.getFirst().cacheHint()).isEmpty();
        assertThat(system.getLast().cacheHint().flatMap(CacheHint::timeToLive))
                .hasValue(Duration.ofHours(1));
        assertThat(messages.getLast().parts().getFirst().cacheHint()).isPresent();
        assertThat(request.tools().getFirst().cacheHint()).isPresent();
    }

    /** So say clients of local servers, whose own defaults these are. */
    @Test
    void minusOneIsNoLimitOfTokensAndNoneOfTheirChoice() throws Exception {
        for (String field : new String[] {"max_tokens", "max_completion_tokens"}) {
            GenerationRequest request =
                    asked(Served.chatBody(ECHO, "x", "\"%s\":-1,\"top_k\":-1".formatted(field)));
            assertThat(request.maxTokens()).isEmpty();
            assertThat(request.sampling().topK()).isEmpty();
            assertThat(request.parameters().object("openai").isEmpty()).isTrue();
        }
    }

    @Test
    void whatTheContractHasNoNameForGoesToTheBindingUnderOpenai() throws Exception {
        GenerationRequest request =
                asked(
                        Served.chatBody(
                                ECHO,
                                "x",
                                "\"logit_bias\":{\"50\":-100},\"user\":\"u\",\"nothing\":null",
                                "\"echo\":{\"delay_ms\":5}"));
        assertThat(request.parameters().toString())
                .isEqualTo(
                        "{\"openai\":{\"logit_bias\":{\"50\":-100},\"user\":\"u\","
                                + "\"echo\":{\"delay_ms\":5}}}");
    }

    @Test
    void everyRoleArrives() throws Exception {
        GenerationRequest request =
                asked(
                        """
                        {"model":"echo/echo","messages":[
                          {"role":"system","content":"s"},
                          {"role":"developer","content":[{"type":"text","text":"d"}]},
                          {"role":"user","content":"u","name":"Ada"},
                          {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[
                            {"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                          {"role":"tool","tool_call_id":"c1","content":"42"}]}
                        """);
        List<Message> messages = request.chat().orElseThrow().messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.DEVELOPER, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(messages.get(2).name()).hasValue("Ada");
        ToolCallPart call = messages.get(3).parts(ToolCallPart.class).getFirst();
        assertThat(call.name() + call.arguments() + call.id()).isEqualTo("f{}c1");
        ToolResultPart result = messages.get(4).parts(ToolResultPart.class).getFirst();
        assertThat(result.callId() + result.text()).isEqualTo("c142");
    }

    @Test
    void mediaThatComeInsideTheRequestBecomeBytes() throws Exception {
        GenerationRequest request =
                asked(
                        """
                        {"model":"echo/echo","messages":[{"role":"user","content":[
                          {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"low"}},
                          {"type":"input_audio","input_audio":{"data":"AQI=","format":"mp3"}},
                          {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AQ=="}}
                        ]}]}
                        """);
        List<MediaPart> media =
                request.chat().orElseThrow().messages().getFirst().parts(MediaPart.class);
        Blob image = media.get(0).blob().orElseThrow();
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.bytes()).containsExactly(1, 2, 3);
        assertThat(media.get(0).detail()).hasValue("low");
        assertThat(media.get(1).blob().orElseThrow().mediaType()).isEqualTo("audio/mpeg");
        assertThat(media.get(2).name()).hasValue("a.pdf");
    }

    @Test
    void toolsAndTheirChoiceArrive() throws Exception {
        GenerationRequest request =
                asked(
                        Served.chatBody(
                                ECHO,
                                "x",
                                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
                                        + "\"description\":\"d\",\"strict\":true,"
                                        + "\"parameters\":{\"type\":\"object\"}}}]",
                                "\"tool_choice\":{\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"f\"}}"));
        assertThat(request.tools().getFirst().name()).isEqualTo("f");
        assertThat(request.tools().getFirst().strict()).isTrue();
        assertThat(request.tools().getFirst().parameters().toString())
                .isEqualTo("{\"type\":\"object\"}");
        assertThat(request.toolChoice()).hasValue(ToolChoice.tool("f"));
    }

    @Test
    void aSchemaForTheAnswerArrives() throws Exception {
        GenerationRequest request =
                asked(
                        Served.chatBody(
                                ECHO,
                                "x",
                                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                        + "{\"name\":\"s\",\"strict\":true,"
                                        + "\"schema\":{\"type\":\"object\"}}}"));
        assertThat(request.responseFormat().kind()).isEqualTo("json_schema");
        assertThat(request.responseFormat().name()).hasValue("s");
        assertThat(request.responseFormat().strict()).isTrue();
    }

    @Test
    void anAnswerOfToolCallsAloneHasNoContent() throws Exception {
        served.router.serve(
                "fake/tools",
                List.of(
                        Operation.toolCall(ToolCallDelta.of(0, "c1", "f", "{\"a\":")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, "1}"))),
                FinishReason.TOOL_CALLS);
        JsonNode choice = json(served.chat("fake/tools", "x")).at("/choices/0");
        assertThat(choice.toString())
                .isEqualTo(
                        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
                                + "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}],"
                                + "\"refusal\":null},\"logprobs\":null,"
                                + "\"finish_reason\":\"tool_calls\"}");
    }

    @Test
    void reasoningAndProbabilitiesHaveTheirPlaces() throws Exception {
        TokenLogprob other = TokenLogprob.builder("b", -2).build();
        served.router.serve(
                "fake/thinks",
                List.of(
                        Operation.reasoning("hm"),
                        Operation.chunk("a"),
                        Operation.logprobs(
                                List.of(
                                        TokenLogprob.builder("a", -0.5)
                                                .alternatives(List.of(other))
                                                .build()))),
                FinishReason.STOP);
        JsonNode choice =
                json(served.chat("fake/thinks", "x", "\"logprobs\":true")).at("/choices/0");
        assertThat(choice.at("/message/reasoning_content").stringValue()).isEqualTo("hm");
        assertThat(choice.get("logprobs").toString())
                .isEqualTo(
                        "{\"content\":[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97],"
                                + "\"top_logprobs\":[{\"token\":\"b\",\"logprob\":-2.0,"
                                + "\"bytes\":[98]}]}],\"refusal\":null}");
    }
}
