package dev.bindery.binding.anthropic;

import static dev.bindery.binding.anthropic.Provider.block;
import static dev.bindery.binding.anthropic.Provider.delta;
import static dev.bindery.binding.anthropic.Provider.end;
import static dev.bindery.binding.anthropic.Provider.start;
import static dev.bindery.binding.anthropic.Provider.stop;
import static dev.bindery.binding.anthropic.Provider.stopped;
import static dev.bindery.binding.anthropic.Provider.text;
import static dev.bindery.binding.anthropic.Provider.textBlock;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.Role;
import dev.bindery.api.ToolResultPart;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.MockProvider;
import dev.bindery.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the API said in one turn is what it hears in the next, to the letter. */
class RoundTripTest {
    private static final String SAID =
            "[{'type':'thinking','thinking':'First …','signature':'c2lnMQ=='},"
                    + "{'type':'redacted_thinking','data':'b3BhcXVl'},"
                    + "{'type':'text','text':'I look.'},"
                    + "{'type':'tool_use','id':'toolu_1','name':'look','input':{'at':{'x':1.5},'z':[]}},"
                    + "{'type':'thinking','thinking':'','signature':'c2lnMg=='},"
                    + "{'type':'tool_use','id':'toolu_2','name':'wait','input':{}},"
                    + "{'type':'server_tool_use','id':'srv','name':'web_search','input':{'query':'q'}},"
                    + "{'type':'text','text':'Cited.','citations':[{'type':'page_location','cited_text':'c','start_page_number':1}]}]";

    @Test
    void aWholeMessageGoesBackAsItCame() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answers(
                    200,
                    "{'type':'message','content':%s,'stop_reason':'tool_use','usage':{}}"
                            .formatted(SAID));

            assertThat(sentBack(provider)).isEqualTo(MockProvider.quoted(SAID));
        }
    }

    @Test
    void aStreamedMessageGoesBackAsItCame() throws Exception {
        try (Provider provider = new Provider()) {
            provider.streams(
                    start(),
                    block(0, "{'type':'thinking','thinking':'','signature':''}"),
                    delta(0, "{'type':'thinking_delta','thinking':'First '}"),
                    delta(0, "{'type':'thinking_delta','thinking':'…'}"),
                    delta(0, "{'type':'signature_delta','signature':'c2lnMQ=='}"),
                    stop(0),
                    block(1, "{'type':'redacted_thinking','data':'b3BhcXVl'}"),
                    stop(1),
                    textBlock(2),
                    text(2, "I "),
                    text(2, "look."),
                    stop(2),
                    block(3, "{'type':'tool_use','id':'toolu_1','name':'look','input':{}}"),
                    delta(3, "{'type':'input_json_delta','partial_json':'{\\'at\\':{\\'x'}"),
                    delta(3, "{'type':'input_json_delta','partial_json':'\\':1.5},\\'z\\':[]}'}"),
                    stop(3),
                    block(4, "{'type':'thinking','thinking':'','signature':''}"),
                    delta(4, "{'type':'signature_delta','signature':'c2lnMg=='}"),
                    stop(4),
                    block(5, "{'type':'tool_use','id':'toolu_2','name':'wait','input':{}}"),
                    stop(5),
                    block(
                            6,
                            "{'type':'server_tool_use','id':'srv','name':'web_search','input':{}}"),
                    delta(6, "{'type':'input_json_delta','partial_json':'{\\'query\\':\\'q\\'}'}"),
                    stop(6),
                    textBlock(7),
                    delta(
                            7,
                            "{'type':'citations_delta','citation':{'type':'page_location','cited_text':'c','start_page_number':1}}"),
                    text(7, "Cited."),
                    stop(7),
                    end("tool_use"),
                    stopped());

            assertThat(sentBack(provider)).isEqualTo(MockProvider.quoted(SAID));
        }
    }

    private static String sentBack(Provider provider) throws Exception {
        List<Message> first = List.of(Message.user("Look"));
        GenerationResult said =
                provider.binding()
                        .generate(
                                GenerationRequest.chat("claude-opus-5", first).build(), new Ear());
        provider.request();
        provider.streams(Provider.hello());
        provider.binding()
                .generate(
                        GenerationRequest.chat(
                                        "claude-opus-5",
                                        List.of(
                                                first.getFirst(),
                                                Message.of(Role.ASSISTANT, said.first().parts()),
                                                Message.of(
                                                        Role.TOOL,
                                                        List.of(
                                                                ToolResultPart.of(
                                                                        "toolu_1", "seen")))))
                                .build(),
                        new Ear());
        return provider.asked().path("messages").path(1).path("content").toString();
    }

    @Test
    void whatAClientOfThisApiSaidOfThinkingGoesOnAsItCame() throws Exception {
        JsonObject thinking = JsonObject.of("type", "between_tools");
        JsonObject output = JsonObject.of("effort", "xhigh");
        try (Provider provider = new Provider()) {
            provider.streams(Provider.hello());
            provider.binding()
                    .generate(
                            GenerationRequest.chat("claude-opus-5", List.of(Message.user("Hi")))
                                    .reasoning(ReasoningOptions.builder().build())
                                    .parameters(
                                            JsonObject.of(
                                                    "anthropic",
                                                    JsonObject.of("thinking", thinking)
                                                            .with("output_config", output)))
                                    .build(),
                            new Ear());

            var body = provider.asked();
            assertThat(body.path("thinking")).isEqualTo(Json.node(thinking));
            assertThat(body.path("output_config")).isEqualTo(Json.node(output));
        }
    }
}
