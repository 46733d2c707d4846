package dev.bindery.distribution.swap;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An HTTP client that never asks twice; shared by all threads. */
interface Asker extends AutoCloseable {
    Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Posts JSON.
     *
     * @param line hears each line of the answer as it comes
     * @throws AssertionError when the status is not 200
     */
    void ask(String address, String body, Consumer<String> line) throws Exception;

    @Override
    void close();

    static Asker okHttp(int connections) {
        OkHttpClient client =
                new OkHttpClient.Builder()
                        .retryOnConnectionFailure(false)
                        .connectionPool(
                                new ConnectionPool(
                                        connections,
                                        PATIENCE.toSeconds(),
                                        java.util.concurrent.TimeUnit.SECONDS))
                        .readTimeout(PATIENCE)
                        .build();
        return new Asker() {
            @Override
            public void ask(String address, String body, Consumer<String> line) throws Exception {
                RequestBody json = RequestBody.create(body, MediaType.get("application/json"));
                Request request = new Request.Builder().url(address).post(json).build();
                try (Response response = client.newCall(request).execute()) {
                    if (response.code() != 200) {
                        throw refused(response.code(), response.body().string());
                    }
                    String next = response.body().source().readUtf8Line();
                    while (next != null) {
                        line.accept(next);
                        next = response.body().source().readUtf8Line();
                    }
                }
            }

            @Override
            public void close() {
                client.dispatcher().executorService().shutdown();
                client.connectionPool().evictAll();
            }
        };
    }

    static Asker jdk() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Asker() {
            @Override
            public void ask(String address, String body, Consumer<String> line) throws Exception {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(address))
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build();
                HttpResponse<Stream<String>> response =
                        client.send(request, HttpResponse.BodyHandlers.ofLines());
                try (Stream<String> lines = response.body()) {
                    if (response.statusCode() != 200) {
                        throw refused(response.statusCode(), String.join("\n", lines.toList()));
                    }
                    lines.forEach(line);
                }
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    private static AssertionError refused(int status, String body) {
        return new AssertionError("status %d: %s".formatted(status, body));
    }
}
