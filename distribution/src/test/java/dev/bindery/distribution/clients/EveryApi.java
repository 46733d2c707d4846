package dev.bindery.distribution.clients;

import dev.bindery.distribution.LiveHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One way to put a text to a model and to read the text of its answer.
 *
 * @param body the request, with {@code MODEL} and {@code TEXT} for what is asked
 * @param pointers where the answer's text is, in each object of it; none for a bare text
 */
record EveryApi(String name, String path, String body, List<String> pointers) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":TEXT}]";

    static List<EveryApi> all() {
        return Stream.of(
                        both(
                                "/v1/chat/completions",
                                MESSAGES,
                                "/choices/0/message/content",
                                "/choices/0/delta/content"),
                        both("/v1/completions", "\"prompt\":TEXT", "/choices/0/text"),
                        both(
                                "/v1/responses",
                                "\"input\":TEXT",
                                "/output/0/content/0/text",
                                "/output/1/content/0/text",
                                "/output/2/content/0/text",
                                "/delta"),
                        both(
                                "/v1/messages",
                                "\"max_tokens\":10000," + MESSAGES,
                                "/content/0/text",
                                "/content/1/text",
                                "/content/2/text",
                                "/delta/text"),
                        both("/api/chat", MESSAGES, "/message/content"),
                        both("/api/generate", "\"prompt\":TEXT", "/response"),
                        both("/api/generate", "\"raw\":true,\"prompt\":TEXT", "/response"),
                        both("/lollms_generate", "\"prompt\":TEXT"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<EveryApi> both(String path, String fields, String... pointers) {
        String model = path.startsWith("/lollms") ? "model_name" : "model";
        return Stream.of(false, true)
                .map(streamed ->
                        new EveryApi(
                                path + (streamed ? ", streamed" : ""),
                                path,
                                "{\"%s\":\"MODEL\",\"stream\":%s,%s}"
                                        .formatted(model, streamed, fields),
                                List.of(pointers)))
                .toList();
    }

    /** The answer's text. */
    String ask(LiveHost host, String model, String text) throws IOException, InterruptedException {
        String asked = body.replace("MODEL", model).replace("TEXT", JSON.writeValueAsString(text));
        HttpResponse<String> answer = host.post(path, asked);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        if (pointers.isEmpty()) {
            return answer.body();
        }
        return objects(answer.body()).map(this::text).collect(Collectors.joining());
    }

    /** Of a whole answer, of lines, or of events. */
    static Stream<JsonNode> objects(String body) {
        return Stream.of(body.split("\n", -1))
                .map(line -> line.startsWith("data: ") ? line.substring(6) : line)
                .filter(line -> line.startsWith("{"))
                .map(LiveHost::json);
    }

    private String text(JsonNode object) {
        if (object.path("error").isObject() || object.path("error").isString()) {
            throw new IllegalStateException(object.toString());
        }
        if (isRepetition(object)) {
            return "";
        }
        return pointers.stream()
                .map(pointer -> object.at(pointer).asString(""))
                .collect(Collectors.joining());
    }

    /** Whether a stream says here what it has said, or what is no text. */
    private static boolean isRepetition(JsonNode object) {
        String type = object.path("type").asString("");
        return type.startsWith("response.") && !type.equals("response.output_text.delta");
    }

    @Override
    public String toString() {
        return name;
    }
}
