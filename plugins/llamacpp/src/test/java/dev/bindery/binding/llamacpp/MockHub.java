package dev.bindery.binding.llamacpp;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * Hugging Face on two ports: the hub, which describes files and sends callers on, and the place
 * where the files lie, at addresses that are signed anew each time.
 */
final class MockHub implements AutoCloseable {
    private final MockWebServer hub = new MockWebServer();
    private final MockWebServer store = new MockWebServer();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final AtomicInteger signatures = new AtomicInteger();
    private final List<RecordedRequest> asked = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> fetched = new CopyOnWriteArrayList<>();
    private String token = "";
    private Optional<String> etag = Optional.empty();

    MockHub() throws IOException {
        hub.setDispatcher(dispatcher(this::describe));
        store.setDispatcher(dispatcher(this::content));
        hub.start();
        store.start();
    }

    private interface Answers {
        MockResponse to(RecordedRequest request);
    }

    private static Dispatcher dispatcher(Answers answers) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.to(request);
            }
        };
    }

    String url() {
        return hub.url("/").toString();
    }

    void file(String name, byte[] content) {
        files.put(name, content);
    }

    /** From now on without this token nothing is given. */
    void needs(String token) {
        this.token = token;
    }

    /** From now on that is said of every file. */
    void says(String sha256) {
        etag = Optional.of(sha256);
    }

    /** The requests to the hub. */
    List<RecordedRequest> asked() {
        return asked;
    }

    /** The requests to where the files lie. */
    List<RecordedRequest> fetched() {
        return fetched;
    }

    private MockResponse describe(RecordedRequest request) {
        asked.add(request);
        String path = request.getUrl().encodedPath();
        if (!token.isEmpty()
                && !("Bearer " + token).equals(request.getHeaders().get("Authorization"))) {
            return error(401, "RepoNotFound", "Invalid username or password.");
        }
        if (path.equals("/api/models/someone/models/tree/main")) {
            return new MockResponse.Builder().body(tree()).build();
        }
        byte[] content = files.get(path.replace("/someone/models/resolve/main/", ""));
        if (content == null) {
            return error(404, "EntryNotFound", "Entry not found");
        }
        String name = path.substring(path.lastIndexOf("/main/") + "/main/".length());
        return new MockResponse.Builder()
                .code(302)
                .addHeader("X-Linked-Etag", "\"" + etag.orElse(sha256(content)) + "\"")
                .addHeader("X-Linked-Size", content.length)
                .addHeader(
                        "Location",
                        store.url("/" + name) + "?signature=" + signatures.incrementAndGet())
                .build();
    }

    private static MockResponse error(int status, String code, String message) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("X-Error-Code", code)
                .addHeader("X-Error-Message", message)
                .build();
    }

    private String tree() {
        return files.keySet().stream()
                .map(name -> "{\"type\": \"file\", \"path\": \"%s\"}".formatted(name))
                .collect(
                        Collectors.joining(
                                ",", "[{\"type\": \"directory\", \"path\": \"x\"},", "]"));
    }

    private MockResponse content(RecordedRequest request) {
        fetched.add(request);
        byte[] content = files.get(request.getUrl().encodedPath().substring(1));
        String range = request.getHeaders().get("Range");
        MockResponse.Builder response = new MockResponse.Builder().addHeader("ETag", "\"same\"");
        if (range == null) {
            return response.body(new Buffer().write(content)).build();
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        return response.code(206)
                .addHeader(
                        "Content-Range",
                        "bytes %d-%d/%d".formatted(from, content.length - 1, content.length))
                .body(new Buffer().write(content, from, content.length - from))
                .build();
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        hub.close();
        store.close();
    }
}
