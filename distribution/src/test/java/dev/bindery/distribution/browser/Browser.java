package dev.bindery.distribution.browser;

import dev.bindery.distribution.Wait;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium of this machine without a window, with one page, until it is closed. */
final class Browser implements AutoCloseable {
    static final String MISSING =
            "no Chromium is installed here; put chromium or google-chrome on the PATH, or name one"
                    + " in BINDERY_TEST_BROWSER";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final DevTools page;

    private Browser(Process process, Path profile) throws Exception {
        this.process = process;
        try {
            page = new DevTools(http, pageOf(port(profile)));
            page.call("Runtime.enable", Map.of());
            page.call("Page.enable", Map.of());
        } catch (Exception | AssertionError e) {
            end();
            throw e;
        }
    }

    /** Where the program is. */
    static Optional<Path> installed() {
        return Optional.ofNullable(System.getenv("BINDERY_TEST_BROWSER"))
                .map(Path::of)
                .or(() ->
                        NAMES.stream()
                                .flatMap(name ->
                                        Arrays.stream(
                                                        System.getenv("PATH")
                                                                .split(File.pathSeparator))
                                                .map(place -> Path.of(place, name)))
                                .filter(Files::isExecutable)
                                .findFirst());
    }

    /**
     * @param profile a folder of its own, in which all lies that it writes
     */
    static Browser start(Path program, Path profile) throws Exception {
        Files.createDirectories(profile);
        ProcessBuilder builder =
                new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--window-size=1200,1000",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank");
        builder.environment().put("HOME", profile.toString());
        builder.environment().put("TMPDIR", profile.toString());
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(profile.resolve("browser.log").toFile())
                        .start();
        return new Browser(process, profile);
    }

    private String port(Path profile) {
        Path told = profile.resolve("DevToolsActivePort");
        Wait.until(
                "the browser listens",
                () -> Files.exists(told) && Files.readAllLines(told).size() > 1);
        try {
            return Files.readAllLines(told).getFirst();
        } catch (IOException e) {
            throw new AssertionError("the browser's port cannot be read", e);
        }
    }

    private URI pageOf(String port) throws IOException, InterruptedException {
        HttpRequest all =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json")).build();
        for (JsonNode target : JSON.readTree(http.send(all, BodyHandlers.ofString()).body())) {
            if (target.path("type").asString().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asString());
            }
        }
        throw new AssertionError("the browser has no page");
    }

    void open(String address) {
        page.call("Page.navigate", Map.of("url", address));
    }

    /**
     * The value of an expression in the page, as JSON; a promise's once it has come.
     *
     * @throws AssertionError with what it threw
     */
    JsonNode value(String expression) {
        JsonNode answer =
                page.call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression", expression,
                                "awaitPromise", true,
                                "returnByValue", true,
                                "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true in the page, also over the loading of another one. */
    void await(String expression) {
        Wait.until(
                "in the page: " + expression + "\n" + page.complaints(),
                () -> {
                    try {
                        return value(expression).asBoolean(false);
                    } catch (AssertionError _) {
                        return false;
                    }
                });
    }

    /** Presses the first of the page's elements that a selector finds and that has the text. */
    void press(String selector, String text) {
        String found =
                "[...document.querySelectorAll(%s)].find((e) => e.textContent.trim() === %s && !e.ariaDisabled)"
                        .formatted(quoted(selector), quoted(text));
        await(found + " !== undefined");
        value(found + ".click()");
    }

    /** Presses Enter, wherever the keyboard is. */
    void pressEnter() {
        for (String type : List.of("keyDown", "keyUp")) {
            page.call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            "Enter",
                            "windowsVirtualKeyCode",
                            13,
                            "text",
                            type.equals("keyDown") ? "\r" : ""));
        }
    }

    /** Types into the field that a selector finds, as a user does. */
    void type(String selector, String text) {
        String field = "document.querySelector(%s)".formatted(quoted(selector));
        await(field + " !== null");
        value(field + ".focus(), " + field + ".select?.()");
        page.call("Input.insertText", Map.of("text", text));
    }

    /** Waits until the text stands somewhere in the page. */
    void awaitText(String text) {
        await("document.body.innerText.includes(" + quoted(text) + ")");
    }

    /** Chooses a file of this machine in a file field. */
    void choose(String selector, Path file) {
        JsonNode document = page.call("DOM.getDocument", Map.of());
        JsonNode field =
                page.call(
                        "DOM.querySelector",
                        Map.of(
                                "nodeId",
                                document.path("root").path("nodeId").asInt(),
                                "selector",
                                selector));
        page.call(
                "DOM.setFileInputFiles",
                Map.of(
                        "files", List.of(file.toString()),
                        "nodeId", field.path("nodeId").asInt()));
    }

    /** What the page has thrown or complained about so far. */
    List<String> complaints() {
        return page.complaints();
    }

    /** A text as it stands in a program. */
    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        http.shutdownNow();
    }

    @Override
    public void close() {
        end();
    }
}
