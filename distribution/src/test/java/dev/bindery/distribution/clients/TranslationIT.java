package dev.bindery.distribution.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.distribution.Command;
import dev.bindery.distribution.LiveHost;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What one API says is what a provider hears that speaks another, and the other way round. Quotes
 * are single ones in this class.
 */
class TranslationIT {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nA==";
    private static final String SCHEMA =
            "{'type':'object','properties':{'city':{'type':'string','enum':['Köln','Rome']}},'required':['city'],'additionalProperties':false}";
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String ANTHROPIC = "/v1/messages";
    private static final String OLLAMA = "/api/chat";

    @TempDir static Path folder;
    private static LiveHost host;
    private static Provider provider;

    @BeforeAll
    static void start() throws Exception {
        provider = new Provider();
        host = LiveHost.start(folder.resolve("home"));
        configure("config", "openai");
        configure("config", "sealing", "--binding", "openai", "provider=openrouter");
    }

    private static void configure(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("api_key=any", "base_url=" + provider.url()));
        Command.Result configured = host.bindery(all.toArray(String[]::new));
        assertThat(configured.exit()).as(configured.output()).isZero();
    }

    @AfterAll
    static void stop() {
        host.close();
        provider.close();
    }

    @BeforeEach
    void forget() throws Exception {
        provider.forget();
    }

    private static JsonNode json(String text) {
        return LiveHost.json(text.replace('\'', '"'));
    }

    /** The objects of an answer: one, or those of its stream. */
    private static List<JsonNode> ask(String path, String model, boolean streamed, String fields)
            throws Exception {
        return asked(
                path, "{'model':'openai/%s','stream':%s,%s}".formatted(model, streamed, fields));
    }

    private static List<JsonNode> asked(String path, String body) throws Exception {
        HttpResponse<String> answer = host.post(path, body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return EveryApi.objects(answer.body()).toList();
    }

    private static String question(String path) {
        return switch (path) {
            case RESPONSES -> "'input':'x'";
            case ANTHROPIC -> "'max_tokens':100,'messages':[{'role':'user','content':'x'}]";
            case CHAT ->
                    "'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]";
            default -> "'messages':[{'role':'user','content':'x'}]";
        };
    }

    private static String image(String path) {
        return switch (path) {
            case CHAT ->
                    "'messages':[{'role':'user','content':[{'type':'text','text':'look'},{'type':'image_url','image_url':{'url':'data:image/png;base64,%s'}}]}]";
            case RESPONSES ->
                    "'input':[{'role':'user','content':[{'type':'input_text','text':'look'},{'type':'input_image','image_url':'data:image/png;base64,%s'}]}]";
            case ANTHROPIC ->
                    "'max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':'look'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'%s'}}]}]";
            default -> "'messages':[{'role':'user','content':'look','images':['%s']}]";
        };
    }

    @ParameterizedTest
    @CsvSource({CHAT, RESPONSES, ANTHROPIC, OLLAMA})
    void anImageArrivesToTheByte(String path) throws Exception {
        ask(path, "says", false, image(path).formatted(PNG));

        assertThat(provider.heard().at("/messages/0"))
                .isEqualTo(
                        json(
                                "{'role':'user','content':[{'type':'text','text':'look'},{'type':'image_url','image_url':{'url':'data:image/png;base64,%s'}}]}"
                                        .formatted(PNG)));
    }

    private static String tools(String path) {
        return switch (path) {
            case ANTHROPIC ->
                    "'tools':[{'name':'weather','description':'the sky','input_schema':%s}],'tool_choice':{'type':'tool','name':'weather','disable_parallel_tool_use':true},"
                            .formatted(SCHEMA);
            case RESPONSES ->
                    "'tools':[{'type':'function','name':'weather','description':'the sky','parameters':%s}],'tool_choice':{'type':'function','name':'weather'},'parallel_tool_calls':false,"
                            .formatted(SCHEMA);
            default ->
                    "'tools':[{'type':'function','function':{'name':'weather','description':'the sky','parameters':%s}}],"
                            .formatted(SCHEMA);
        };
    }

    @ParameterizedTest
    @CsvSource({CHAT, RESPONSES, ANTHROPIC, OLLAMA})
    void aToolArrivesAsItWasDescribed(String path) throws Exception {
        ask(path, "says", false, tools(path) + question(path));

        JsonNode heard = provider.heard();
        assertThat(heard.get("tools")).hasSize(1);
        JsonNode tool = heard.at("/tools/0/function");
        assertThat(heard.at("/tools/0/type").stringValue()).isEqualTo("function");
        assertThat(tool.get("name").stringValue()).isEqualTo("weather");
        assertThat(tool.get("description").stringValue()).isEqualTo("the sky");
        assertThat(tool.get("parameters")).isEqualTo(json(SCHEMA));
        if (path.equals(ANTHROPIC) || path.equals(RESPONSES)) {
            assertThat(heard.get("tool_choice"))
                    .isEqualTo(json("{'type':'function','function':{'name':'weather'}}"));
            assertThat(heard.get("parallel_tool_calls").booleanValue()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        CHAT + ",false,/choices/0/message/reasoning_content,/choices/0/message/content",
        CHAT + ",true,/choices/0/delta/reasoning_content,/choices/0/delta/content",
        RESPONSES + ",false,/output/0/summary/0/text,/output/1/content/0/text",
        ANTHROPIC + ",false,/content/0/thinking,/content/1/text",
        ANTHROPIC + ",true,/delta/thinking,/delta/text",
        OLLAMA + ",false,/message/thinking,/message/content",
        OLLAMA + ",true,/message/thinking,/message/content"
    })
    void thoughtsAreApartFromTheAnswer(String path, boolean streamed, String thoughts, String text)
            throws Exception {
        List<JsonNode> answer = ask(path, "thinks", streamed, question(path));

        assertThat(joined(answer, thoughts)).isEqualTo("hm, let me see");
        assertThat(joined(answer, text)).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sealedThoughtsGoThroughResponsesAndComeBackToTheirProviderUnchanged(boolean streamed)
            throws Exception {
        List<JsonNode> answer =
                asked(
                        RESPONSES,
                        "{'model':'sealing/seals','stream':%s,'input':'x'}".formatted(streamed));
        JsonNode output = answer.getLast().at(streamed ? "/response/output" : "/output");
        provider.forget();

        String items = output.toString();
        asked(
                RESPONSES,
                "{'model':'sealing/seals','input':[{'role':'user','content':'x'},%s,{'role':'user','content':'and?'}]}"
                        .formatted(items.substring(1, items.length() - 1)));

        assertThat(output.at("/0/summary/0/text").stringValue()).isEqualTo("hm, let me see");
        assertThat(output.at("/1/content/0/text").stringValue()).isEqualTo("42");
        JsonNode turn = provider.heard().at("/messages/1");
        assertThat(turn.get("content").stringValue()).isEqualTo("42");
        assertThat(turn.get("reasoning_details")).isEqualTo(LiveHost.json(Provider.SEALED));
    }

    @Test
    void sealedThoughtsStreamInResponsesBeforeTheAnswerAndInOrder() throws Exception {
        List<JsonNode> events =
                asked(RESPONSES, "{'model':'sealing/seals','stream':true,'input':'x'}");

        assertThat(events)
                .extracting(event -> event.get("type").stringValue().replaceFirst("response.", ""))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "completed");
        assertThat(events)
                .extracting(event -> event.get("sequence_number").intValue())
                .isEqualTo(IntStream.range(0, events.size()).boxed().toList());
        JsonNode thought = events.get(8).get("item");
        assertThat(thought.get("encrypted_content").stringValue()).isNotEmpty();
        assertThat(events.getLast().at("/response/output/0")).isEqualTo(thought);
    }

    private static String joined(List<JsonNode> objects, String pointer) {
        return objects.stream()
                .map(object -> object.at(pointer).asString(""))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({
        CHAT + ",false,/choices/0/finish_reason,length,content_filter",
        CHAT + ",true,/choices/0/finish_reason,length,content_filter",
        RESPONSES + ",false,/incomplete_details/reason,max_output_tokens,content_filter",
        RESPONSES + ",true,/response/incomplete_details/reason,max_output_tokens,content_filter",
        ANTHROPIC + ",false,/stop_reason,max_tokens,refusal",
        ANTHROPIC + ",true,/delta/stop_reason,max_tokens,refusal",
        OLLAMA + ",false,/done_reason,length,content_filter",
        OLLAMA + ",true,/done_reason,length,content_filter"
    })
    void whyAnAnswerEndedIsSaidInTheApisOwnWord(
            String path, boolean streamed, String pointer, String cut, String filtered)
            throws Exception {
        assertThat(last(ask(path, "cut", streamed, question(path)), pointer).asString())
                .isEqualTo(cut);
        assertThat(last(ask(path, "filtered", streamed, question(path)), pointer).asString())
                .isEqualTo(filtered);
    }

    /** The last value that is anything. */
    private static JsonNode last(List<JsonNode> objects, String pointer) {
        return objects.stream()
                .map(object -> object.at(pointer))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError("no %s in %s".formatted(pointer, objects)));
    }

    @ParameterizedTest
    @CsvSource({
        CHAT
                + ",'','/usage/prompt_tokens=10,/usage/prompt_tokens_details/cached_tokens=4,/usage/completion_tokens=5,/usage/completion_tokens_details/reasoning_tokens=2'",
        RESPONSES
                + ",/response,'/usage/input_tokens=10,/usage/input_tokens_details/cached_tokens=4,/usage/output_tokens=5,/usage/output_tokens_details/reasoning_tokens=2'",
        ANTHROPIC
                + ",'','/usage/input_tokens=6,/usage/cache_read_input_tokens=4,/usage/output_tokens=5'",
        OLLAMA + ",'','/prompt_eval_count=10,/eval_count=5'"
    })
    void tokensAreCountedWithThoseOfTheCache(String path, String inStream, String counts)
            throws Exception {
        for (boolean streamed : new boolean[] {false, true}) {
            List<JsonNode> answer = ask(path, "says", streamed, question(path));
            for (String count : counts.split(",", -1)) {
                String[] sides = count.split("=", 2);
                String pointer = (streamed ? inStream : "") + sides[0];
                assertThat(last(answer, pointer).longValue())
                        .as("%s, streamed: %s", pointer, streamed)
                        .isEqualTo(Long.parseLong(sides[1]));
            }
        }
    }
}
