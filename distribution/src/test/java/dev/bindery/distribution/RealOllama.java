package dev.bindery.distribution;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An Ollama server of this machine: on a port and in folders of its own, until it is closed. */
final class RealOllama implements AutoCloseable {
    static final String MODEL = "small";
    static final String MISSING =
            "no Ollama is installed here; put ollama on the PATH, or name it in BINDERY_TEST_OLLAMA";

    private final Path program;
    private final Path folder;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process server;

    private RealOllama(Path program, Path folder) throws IOException {
        this.program = program;
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = serve();
    }

    /** Where the program is. */
    static Optional<Path> installed() {
        return Optional.ofNullable(System.getenv("BINDERY_TEST_OLLAMA"))
                .map(Path::of)
                .or(() ->
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                                .map(place -> Path.of(place, "ollama"))
                                .filter(Files::isExecutable)
                                .findFirst());
    }

    /** A server with the test model. */
    static RealOllama start(Path program, Path folder) throws Exception {
        RealOllama ollama = new RealOllama(program, folder);
        try {
            ollama.awaitAnswer();
            ollama.create();
            return ollama;
        } catch (Exception | AssertionError e) {
            ollama.close();
            throw e;
        }
    }

    private Process serve() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("OLLAMA_HOST", "127.0.0.1:" + port);
        builder.environment().put("OLLAMA_MODELS", folder.resolve("models").toString());
        File log = folder.resolve("ollama.log").toFile();
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    void awaitAnswer() {
        Wait.until(
                "Ollama answers",
                () -> {
                    try {
                        return send("GET", "/api/version", BodyPublishers.noBody()).statusCode()
                                == 200;
                    } catch (IOException _) {
                        return false;
                    }
                });
    }

    private void create() throws Exception {
        byte[] model = Files.readAllBytes(TestModel.file());
        String digest =
                "sha256:"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(model));
        send("POST", "/api/blobs/" + digest, BodyPublishers.ofByteArray(model));
        HttpResponse<String> created =
                post(
                        "/api/create",
                        "{\"model\":\"%s\",\"files\":{\"small.gguf\":\"%s\"},\"stream\":false}"
                                .formatted(MODEL, digest));
        if (created.statusCode() != 200) {
            throw new AssertionError("Ollama did not take the model: " + created.body());
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofString(json));
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address() + path)).method(method, body).build(),
                BodyHandlers.ofString());
    }

    String loaded() throws IOException, InterruptedException {
        return send("GET", "/api/ps", BodyPublishers.noBody()).body();
    }

    /** Ends it as a crash would. */
    void crash() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        server.onExit().join();
    }

    void startAgain() throws IOException {
        server = serve();
        awaitAnswer();
    }

    @Override
    public void close() {
        crash();
        http.close();
    }
}
