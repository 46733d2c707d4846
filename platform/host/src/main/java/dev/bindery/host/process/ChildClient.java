package dev.bindery.host.process;

import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import tools.jackson.databind.JsonNode;

/** HTTP with one child, on loopback, with its secret. Blocks; may be used by any thread. */
final class ChildClient implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int IDLE_CONNECTIONS = 64;
    private static final int KEEP_ALIVE_SECONDS = 20;

    /** For messages that a child answers by itself, without asking its binding. */
    private static final Duration PROMPT = Duration.ofSeconds(5);

    /** For a reply, which the binding may hear slowly, as the contract allows. */
    private static final Duration REPLY = Duration.ofMinutes(1);

    /** For a blob. */
    private static final Duration TRANSFER = Duration.ofMinutes(10);

    private final OkHttpClient http =
            new OkHttpClient.Builder()
                    .proxy(Proxy.NO_PROXY)
                    .protocols(List.of(Protocol.HTTP_1_1))
                    .retryOnConnectionFailure(false)
                    .followRedirects(false)
                    .connectTimeout(Duration.ofSeconds(5))
                    .readTimeout(Duration.ZERO)
                    .writeTimeout(Duration.ZERO)
                    .connectionPool(
                            new ConnectionPool(
                                    IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                    .build();
    private final HttpUrl base;
    private final String authorization;

    ChildClient(int port, String secret) {
        base = new HttpUrl.Builder().scheme("http").host("127.0.0.1").port(port).build();
        authorization = "Bearer " + secret;
    }

    Call get(String path) {
        return call(path, new Request.Builder().get());
    }

    Call post(String path, JsonNode body) {
        return call(path, new Request.Builder().post(RequestBody.create(Wire.line(body), JSON)));
    }

    /** A reply to a request of the child; its answer says whether it wants more. */
    WireReader reply(String requestId, JsonNode body) throws IOException {
        Call call = within(REPLY, post("v1/replies/" + requestId, body));
        try (Response response = call.execute()) {
            return answer(response).orElseGet(() -> WireReader.of(new WireObject().node()));
        }
    }

    void cancel(String callId) throws IOException {
        String path = "v1/calls/" + callId + "/cancel";
        within(PROMPT, post(path, new WireObject().node())).execute().close();
    }

    void forget(String callId) throws IOException {
        Call call = call("v1/calls/" + callId, new Request.Builder().delete());
        within(PROMPT, call).execute().close();
    }

    void put(String blobId, RequestBody body) throws IOException {
        Call call = call("v1/blobs/" + blobId, new Request.Builder().put(body));
        try (Response response = within(TRANSFER, call).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("the child refused a blob: " + response.code());
            }
        }
    }

    /** The answer that has a blob of the child's; the caller closes it. */
    Response blob(String blobId) throws IOException {
        return within(TRANSFER, get("v1/blobs/" + blobId)).execute();
    }

    /** The next line of an answer; absent at its end. */
    static Optional<WireReader> nextLine(BufferedSource lines) throws IOException {
        long end = lines.indexOf((byte) '\n', 0, Wire.MAX_LINE);
        if (end < 0) {
            if (lines.exhausted()) {
                return Optional.empty();
            }
            throw new ProtocolException(
                    "a line without its end, or of more than %d bytes".formatted(Wire.MAX_LINE));
        }
        byte[] line = lines.readByteArray(end);
        lines.skip(1);
        return Optional.of(Wire.read(line));
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static Call within(Duration limit, Call call) {
        call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        return call;
    }

    private Call call(String path, Request.Builder request) {
        HttpUrl url = base.newBuilder().addPathSegments(path).build();
        return http.newCall(request.url(url).header("Authorization", authorization).build());
    }

    private static Optional<WireReader> answer(Response response) throws IOException {
        if (!response.isSuccessful()) {
            throw new IOException("the child answered " + response.code());
        }
        ResponseBody body = response.body();
        return nextLine(body.source());
    }
}
