package dev.bindery.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A way to put one user's text to a model and to read the text of its answer: every API, streamed
 * and whole.
 *
 * @param body the request's fields besides the model, with {@code TEXT} for the text's JSON
 * @param header what the request says of itself beyond the usual
 * @param reader the text of the answer; throws {@link IllegalStateException} for one that failed
 */
record ApiForm(
        String name,
        String path,
        String body,
        String header,
        boolean streamed,
        Function<RawHttp.Answer, String> reader) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NO_HEADER = "X-Nothing: 1";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":TEXT}]";

    static List<ApiForm> all() {
        return Stream.of(
                        pair("OpenAI chat", "/v1/chat/completions", MESSAGES, ApiForm::chat),
                        pair(
                                "OpenAI completions",
                                "/v1/completions",
                                "\"prompt\":TEXT",
                                ApiForm::completion),
                        pair(
                                "OpenAI responses",
                                "/v1/responses",
                                "\"input\":TEXT",
                                ApiForm::response),
                        pair(
                                "Anthropic",
                                "/v1/messages",
                                "\"max_tokens\":10000," + MESSAGES,
                                ApiForm::anthropic),
                        pair("Ollama chat", "/api/chat", MESSAGES, ApiForm::ollamaChat),
                        pair(
                                "Ollama generate",
                                "/api/generate",
                                "\"prompt\":TEXT",
                                ApiForm::ollamaText),
                        pair(
                                "Ollama raw",
                                "/api/generate",
                                "\"raw\":true,\"prompt\":TEXT",
                                ApiForm::ollamaText),
                        lollms())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that cannot take back what they have sent. */
    static List<ApiForm> ofDeltas() {
        return all().stream()
                .filter(form -> form.streamed() && !form.header().startsWith("Accept"))
                .toList();
    }

    private static List<ApiForm> pair(
            String name, String path, String body, Function<RawHttp.Answer, String> reader) {
        return List.of(
                new ApiForm(name, path, body, NO_HEADER, false, reader),
                new ApiForm(name + " streamed", path, body, NO_HEADER, true, reader));
    }

    private static List<ApiForm> lollms() {
        String path = "/lollms_generate";
        String prompt = "\"prompt\":TEXT";
        return List.of(
                new ApiForm("LoLLMs", path, prompt, NO_HEADER, false, ApiForm::bare),
                new ApiForm("LoLLMs streamed", path, prompt, NO_HEADER, true, ApiForm::bare),
                new ApiForm(
                        "LoLLMs operations in lines",
                        path,
                        prompt,
                        "Accept: application/x-ndjson",
                        true,
                        answer -> Operations.text(lines(answer))),
                new ApiForm(
                        "LoLLMs operations as events",
                        path,
                        prompt,
                        "Accept: text/event-stream",
                        true,
                        answer -> Operations.text(events(answer))));
    }

    /** The answer's text. */
    String ask(InetSocketAddress server, String model, String text) throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            return ask(http, model, text);
        }
    }

    String ask(RawHttp http, String model, String text) throws IOException {
        String fields =
                "{\"%s\":\"%s\",\"stream\":%s,"
                        .formatted(
                                path.startsWith("/lollms") ? "model_name" : "model",
                                model,
                                streamed);
        String asked = fields + body.replace("TEXT", JSON.writeValueAsString(text)) + "}";
        RawHttp.Answer answer = http.post(path, asked, header).answer();
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return reader.apply(answer);
    }

    private static boolean isStream(RawHttp.Answer answer) {
        return answer.header("Content-Type").startsWith("text/event-stream");
    }

    private static Stream<JsonNode> events(RawHttp.Answer answer) {
        return Arrays.stream(answer.body().split("\n\n"))
                .flatMap(event -> Arrays.stream(event.split("\n")))
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JSON.readTree(line.substring(6)));
    }

    private static Stream<JsonNode> lines(RawHttp.Answer answer) {
        return Arrays.stream(answer.body().split("\n")).map(JSON::readTree);
    }

    private static String joined(Stream<JsonNode> pieces, String error, String pointer) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> {
            if (!piece.at(error).isMissingNode() && !piece.at(error).isNull()) {
                throw new IllegalStateException(piece.toString());
            }
            text.append(piece.at(pointer).asString(""));
        });
        return text.toString();
    }

    private static String chat(RawHttp.Answer answer) {
        return isStream(answer)
                ? joined(events(answer), "/error", "/choices/0/delta/content")
                : joined(lines(answer), "/error", "/choices/0/message/content");
    }

    private static String completion(RawHttp.Answer answer) {
        Stream<JsonNode> pieces = isStream(answer) ? events(answer) : lines(answer);
        return joined(pieces, "/error", "/choices/0/text");
    }

    private static String response(RawHttp.Answer answer) {
        if (!isStream(answer)) {
            return joined(parts(answer, "output", "message", "content"), "/error", "/text");
        }
        return joined(
                events(answer)
                        .filter(event ->
                                event.get("type").asString().equals("response.output_text.delta")
                                        || event.get("type").asString().equals("response.failed")),
                "/response/error",
                "/delta");
    }

    private static Stream<JsonNode> parts(
            RawHttp.Answer answer, String list, String type, String parts) {
        return lines(answer)
                .flatMap(whole -> whole.get(list).valueStream())
                .filter(item -> item.get("type").asString().equals(type))
                .flatMap(item -> item.get(parts).valueStream());
    }

    private static String anthropic(RawHttp.Answer answer) {
        return isStream(answer)
                ? joined(events(answer), "/error", "/delta/text")
                : joined(
                        lines(answer).flatMap(a -> a.get("content").valueStream()),
                        "/error",
                        "/text");
    }

    private static String ollamaChat(RawHttp.Answer answer) {
        return joined(lines(answer), "/error", "/message/content");
    }

    private static String ollamaText(RawHttp.Answer answer) {
        return joined(lines(answer), "/error", "/response");
    }

    private static String bare(RawHttp.Answer answer) {
        return answer.body();
    }

    @Override
    public String toString() {
        return name;
    }
}
