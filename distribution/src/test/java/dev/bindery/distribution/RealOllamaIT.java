package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A host before a real Ollama server: what it passes on, and how alike the two answer. */
class RealOllamaIT {
    private static final String MODEL = "ollama/" + RealOllama.MODEL;
    private static final String LONG =
            "{\"model\":\"%s\",\"options\":{\"num_predict\":4000},%s\"messages\":[{\"role\":\"user\",\"content\":\"Count to 9999.\"}]}";

    @TempDir static Path folder;
    private static RealOllama ollama;
    private static LiveHost host;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = RealOllama.installed();
        assumeTrue(program.isPresent(), RealOllama.MISSING);
        ollama = RealOllama.start(program.get(), Files.createDirectory(folder.resolve("ollama")));
        host = LiveHost.start(folder.resolve("home"));
        host.bindery("config", "ollama", "base_url=" + ollama.address());
        Wait.until("the model is listed", () -> host.bindery("models").output().contains(MODEL));
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
        if (ollama != null) {
            ollama.close();
        }
    }

    /** Bodies with apostrophes for quotes, M for the model. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/chat | {'model':'M','messages':[{'role':'user','content':'Hi'}],'options':{'num_predict':3,'temperature':0}}",
                "/api/chat | {'model':'M','messages':[{'role':'user','content':'Hi'}],'stream':false,'options':{'num_predict':3,'temperature':1,'seed':7}}",
                "/api/chat | {'model':'M','messages':[{'role':'user','content':'Hi'}],'stream':false,'format':{'type':'object','properties':{'a':{'type':'boolean'}},'required':['a']},'options':{'num_predict':12,'temperature':0}}",
                "/api/chat | {'model':'M','messages':[]}",
                "/api/chat | {'model':'M','messages':[{'role':'user','content':'Hi'}],'keep_alive':'x'}",
                "/api/chat | {'messages':[]}",
                "/api/generate | {'model':'M','prompt':'Once upon','raw':true,'options':{'num_predict':3,'temperature':0}}",
                "/api/generate | {'model':'M','prompt':'Count: 1, 2,','raw':true,'stream':false,'options':{'num_predict':9,'temperature':0,'stop':[',']}}",
                "/api/generate | {'model':'M','prompt':'Hi','system':'Be brief','stream':false,'options':{'num_predict':3,'temperature':0}}",
                "/api/generate | {'model':'nobody','prompt':'Hi'}",
                "/api/embed | {'model':'M','input':['a cat','a dog']}",
                "/api/embed | {'model':'M','input':[]}",
                "/api/embed | {'model':'nobody','input':'x'}",
                "/api/embeddings | {'model':'M','prompt':'a cat'}",
                "/api/show | {}"
            })
    void bothAnswerAlike(String path, String body) throws Exception {
        String json = body.replace('\'', '"');
        HttpResponse<String> real = ollama.post(path, json.replace("\"M\"", quoted("small")));
        HttpResponse<String> ours = host.post(path, json.replace("\"M\"", quoted(MODEL)));
        assertThat(ours.statusCode()).as(ours.body()).isEqualTo(real.statusCode());
        assertThat(type(ours)).isEqualTo(type(real));
        assertThat(fields(ours)).isEqualTo(fields(real));
        assertThat(said(ours)).isEqualTo(said(real));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    /** What each line has, but for the tokens of a prompt and how long it took to embed. */
    private static List<SortedSet<String>> fields(HttpResponse<String> answer) {
        List<SortedSet<String>> fields = new ArrayList<>();
        answer.body()
                .lines()
                .map(LiveHost::json)
                .forEach(line -> {
                    SortedSet<String> names = new TreeSet<>(line.propertyNames());
                    names.remove(line.has("embeddings") ? "load_duration" : "context");
                    fields.add(names);
                });
        return fields;
    }

    private static String said(HttpResponse<String> answer) {
        StringBuilder said = new StringBuilder();
        answer.body()
                .lines()
                .map(LiveHost::json)
                .forEach(line -> {
                    for (String place : List.of("/message/content", "/response", "/done_reason")) {
                        said.append(line.at(place).asString(""));
                    }
                    said.append(line.path("eval_count").asString(""));
                    line.path("embeddings")
                            .forEach(vector -> said.append(vector.size()).append(' '));
                });
        return said.toString();
    }

    @Test
    void openAisClientsAreAnsweredByIt() throws Exception {
        JsonNode answer =
                LiveHost.json(
                        host.post(
                                        "/v1/chat/completions",
                                        "{\"model\":\"%s\",\"max_tokens\":3,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                                                .formatted(MODEL))
                                .body());
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(3);
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isPositive();
    }

    @Test
    void aModelIsLoadedSeenAndFreed() throws Exception {
        host.post("/api/generate", "{\"model\":\"%s\"}".formatted(MODEL));
        assertThat(ollama.loaded()).contains(RealOllama.MODEL);
        assertThat(host.send("GET", "/api/ps", "").body()).contains(MODEL);
        host.post("/api/generate", "{\"model\":\"%s\",\"keep_alive\":0}".formatted(MODEL));
        Wait.until("it is freed", () -> !ollama.loaded().contains(RealOllama.MODEL));
    }

    /** It frees the model when the answer ends, and four thousand tokens take their time. */
    @Test
    void aClientThatLeavesStopsIt() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader lines = stream(client, LONG.formatted(MODEL, "\"keep_alive\":0,"))) {
            assertThat(lines.readLine()).contains("\"done\":false");
            assertThat(ollama.loaded()).contains(RealOllama.MODEL);
            client.shutdownNow();
        }
        Wait.until("it has stopped", () -> !ollama.loaded().contains(RealOllama.MODEL));
    }

    @Test
    void itsEndInTheMiddleOfAnAnswerIsToldAndItsReturnIsSeen() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader lines = stream(client, LONG.formatted(MODEL, ""))) {
            assertThat(lines.readLine()).contains("\"done\":false");
            ollama.crash();
            assertThat(lines.lines().reduce((_, last) -> last).orElseThrow())
                    .startsWith("{\"error\":");
        }
        String question =
                "{\"model\":\"%s\",\"prompt\":\"Hi\",\"stream\":false,\"options\":{\"num_predict\":2}}"
                        .formatted(MODEL);
        HttpResponse<String> meanwhile = host.post("/api/generate", question);
        assertThat(meanwhile.statusCode()).as(meanwhile.body()).isEqualTo(503);
        ollama.startAgain();
        assertThat(host.post("/api/generate", question).statusCode()).isEqualTo(200);
    }

    private static BufferedReader stream(HttpClient client, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(host.address() + "/api/chat"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return new BufferedReader(
                new InputStreamReader(
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                        StandardCharsets.UTF_8));
    }
}
