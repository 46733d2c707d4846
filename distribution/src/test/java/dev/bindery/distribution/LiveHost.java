package dev.bindery.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host of the distribution: a process of its own on a home of its own, until it is closed. */
public final class LiveHost implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("ready on (https?://127\\.0\\.0\\.1:\\d+)");
    private static final JsonMapper JSON = new JsonMapper();

    private final Command command;
    private final Path log;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private String address = "";

    private LiveHost(Path home, String... options) throws IOException {
        command = new Command(home);
        log = home.resolveSibling(home.getFileName() + ".log");
        List<String> run = new ArrayList<>(List.of("run", "--port", "0", "--no-model"));
        run.addAll(List.of(options));
        process = command.start(log, run.toArray(String[]::new));
    }

    /** Starts it, and waits until it says that it is ready. */
    public static LiveHost start(Path home, String... options) throws IOException {
        LiveHost host = new LiveHost(home, options);
        try {
            Wait.until(
                    "the host is ready or has ended",
                    () -> host.isReady() || !host.process.isAlive());
            if (host.address.isEmpty()) {
                throw new AssertionError("the host did not come up:\n" + host.printed());
            }
            return host;
        } catch (AssertionError e) {
            host.close();
            throw e;
        }
    }

    private boolean isReady() throws IOException {
        Matcher ready = READY.matcher(printed());
        if (ready.find()) {
            address = ready.group(1);
        }
        return !address.isEmpty();
    }

    public Path home() {
        return command.home();
    }

    /** Where a jar is dropped. */
    public Path drop(String file) {
        return home().resolve("bindings").resolve(file);
    }

    /** A command of an operator, on this host's home. */
    public Command.Result bindery(String... arguments) throws IOException, InterruptedException {
        return command.run(arguments);
    }

    public Process process() {
        return process;
    }

    /** What it has printed. */
    String printed() throws IOException {
        return Files.readString(log);
    }

    public String address() {
        return address;
    }

    /** The base address of OpenAI's clients. */
    public String v1() {
        return address + "/v1";
    }

    public int port() {
        return URI.create(address).getPort();
    }

    /** The answer to a body that a client posts. */
    public HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /**
     * Whatever comes back.
     *
     * @param headers names and values by turns
     */
    public HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The token of its operator. */
    public String adminToken() throws IOException {
        return Files.readString(home().resolve("admin.token")).strip();
    }

    /** What the admin API answers, where it does answer well. */
    public JsonNode admin(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(method, path, new byte[0]);
        if (answer.statusCode() != 200) {
            throw new AssertionError(method + " " + path + " got " + answer.body());
        }
        return json(answer.body());
    }

    /** Whatever the admin API answers. */
    public HttpResponse<String> ask(String method, String path, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + "/admin/v1/" + path))
                        .header("Authorization", "Bearer " + adminToken())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** Asks it to end, and waits until it has. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the host did not end within 60 s of being asked to");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
        process.onExit().join();
    }
}
