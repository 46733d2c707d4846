package dev.bindery.binding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallPart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a server attaches to tool calls, and wants back with them. */
class ExtraContentTest {
    private static final String EXTRA = "{'google':{'thought_signature':'c2ln+/=='}}";
    private Provider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private GenerationResult generate(Message... messages) {
        return provider.binding()
                .generate(
                        GenerationRequest.chat("m", List.of(messages)).build(),
                        GenerationCallback.IGNORE);
    }

    private static void assertSealed(GenerationResult result) {
        List<ToolCallPart> calls = result.first().toolCalls();
        assertThat(calls).extracting(ToolCallPart::id).containsExactly("a", "b");
        assertThat(calls.getFirst().arguments()).isEqualTo("{}");
        assertThat(
                        calls.getFirst()
                                .providerData()
                                .object("openai")
                                .object("extra_content")
                                .object("google")
                                .text("thought_signature"))
                .contains("c2ln+/==");
        assertThat(calls.getLast().providerData()).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void isReadFromAWholeAnswerAndGoesBackUnchanged() throws Exception {
        provider.answers(
                200,
                "{'choices':[{'index':0,'finish_reason':'tool_calls','message':{'content':'so','tool_calls':["
                        + "{'id':'a','extra_content':%s,'function':{'name':'f','arguments':'{}'}},"
                                .formatted(EXTRA)
                        + "{'id':'b','function':{'name':'f','arguments':'{}'}}]}}]}");
        GenerationResult result = generate(Message.user("x"));
        assertSealed(result);
        provider.asked();

        provider.answers(200, "{'choices':[{'message':{'content':'ok'},'finish_reason':'stop'}]}");
        generate(Message.user("x"), Message.of(Role.ASSISTANT, result.first().parts()));
        JsonNode calls = provider.asked().at("/messages/1/tool_calls");
        assertThat(calls.get(0).get("extra_content").toString())
                .isEqualTo(EXTRA.replace('\'', '"'));
        assertThat(calls.get(1).has("extra_content")).isFalse();
    }

    @Test
    void isReadFromWhicheverFragmentBringsIt() {
        String fragment = "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':%d,%s}]}}]}";
        provider.streams(
                fragment.formatted(0, "'id':'a','function':{'name':'f','arguments':'{'}"),
                fragment.formatted(1, "'id':'b','function':{'name':'f','arguments':'{}'}"),
                fragment.formatted(0, "'function':{'arguments':'}'},'extra_content':" + EXTRA),
                Provider.end("tool_calls"));
        assertSealed(
                provider.binding()
                        .generate(
                                GenerationRequest.chat("m", List.of(Message.user("x")))
                                        .streaming(true)
                                        .build(),
                                GenerationCallback.IGNORE));
    }

    @Test
    void isRefusedWhereItIsBeyondTheContractsLimits() {
        provider.answers(
                200,
                "{'choices':[{'index':0,'message':{'tool_calls':[{'id':'a','extra_content':{'x':'%s'},'function':{'name':'f'}}]}}]}"
                        .formatted("x".repeat(1 << 20)));
        BindingException e =
                catchThrowableOfType(BindingException.class, () -> generate(Message.user("x")));
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining("tool call");
    }
}
