package dev.bindery.server.http;

import dev.bindery.api.Caller;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.connection.ConnectionWatch;
import dev.bindery.server.options.ServerLimits;
import dev.bindery.server.session.Session;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. For the thread that handles it; only {@link #onDisconnect} calls back
 * from another.
 */
public final class Exchange {
    public static final String JSON = "application/json; charset=utf-8";
    private static final byte[] NOTHING = {};

    private final ServerRequest request;
    private final ServerResponse response;
    private final ServerLimits limits;
    private final RequestBody body;
    private final RequestAccount account;
    private final long started = System.nanoTime();
    private Map<String, String> values = Map.of();
    private @Nullable Session session;
    private boolean committed;
    private boolean closing;

    Exchange(ServerRequest request, ServerResponse response, ServerLimits limits) {
        this.request = request;
        this.response = response;
        this.limits = limits;
        this.body = new RequestBody(request, limits.drainBytes());
        this.account = new RequestAccount(RequestIds.of(this), method(), rawPath());
    }

    public String method() {
        return request.prologue().method().text();
    }

    /** The path as it was sent, still percent-encoded. */
    public String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    /** What stood in that place of the route's pattern, decoded. */
    public String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no place named " + name);
        }
        return value;
    }

    /** A parameter of the query. */
    public Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    public Optional<String> header(String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? Optional.of(request.headers().get(header).get())
                : Optional.empty();
    }

    /** All values of a header that lists: those of each of its lines, apart. */
    public List<String> listHeader(String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? request.headers().get(header).allValues().stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList()
                : List.of();
    }

    /** A cookie that the client shows. */
    Optional<String> cookie(String name) {
        return request.headers().cookies().first(name).asOptional();
    }

    /** Whether nobody on the way can read along. */
    boolean isSecure() {
        return request.isSecure();
    }

    /** The port by which the request came in. */
    int listeningPort() {
        return request.localPeer().port();
    }

    /** The browser's session by which this request was let in; absent where a token was shown. */
    public Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    void session(Session found) {
        session = found;
    }

    /** What the client believes the server's name and port to be. */
    public String authority() {
        return request.authority();
    }

    /** The request's id, which the client sees too. */
    public String id() {
        return account.id();
    }

    /** What operators are to know of it. */
    public RequestAccount account() {
        return account;
    }

    public ServerLimits limits() {
        return limits;
    }

    /** Who asks, for the binding. */
    public Caller caller() {
        return Caller.builder(id())
                .traceparent(header("traceparent").orElse(null))
                .keyName(account.keyName().orElse(null))
                .session(header("x-session-id").orElse(null))
                .build();
    }

    /** The whole body, unpacked. */
    public byte[] body() throws IOException {
        return body.bytes(limits.bodyBytes());
    }

    /** The body, unpacked, for one who takes longer ones; it must be read to its end. */
    public InputStream body(long limit) {
        return body.stream(limit);
    }

    /**
     * Runs the action at once when the client goes away. Register after the body has been read, and
     * close the registration before the handler returns.
     */
    public ConnectionWatch.Registration onDisconnect(Runnable action) {
        return ConnectionWatch.onDisconnect(request, action);
    }

    /** Sets a header of the answer; too late once the answer has begun. */
    public void set(String name, String value) {
        response.header(HeaderValues.create(HeaderNames.create(name), value));
    }

    /** Answers with the whole of a body. */
    public void send(int status, String contentType, byte[] content) {
        begin(status, contentType);
        if (method().equals("HEAD")) {
            set("Content-Length", Integer.toString(content.length));
            response.send();
        } else {
            response.send(content);
        }
    }

    /** Answers with a status that has no body. */
    public void sendNothing(int status) {
        commit(status);
        response.send(NOTHING);
    }

    /** Answers with a body that comes bit by bit. */
    public ResponseStream stream(String contentType) {
        begin(200, contentType);
        OutputStream out = response.outputStream();
        return new ResponseStream(out, limits.flushBytes(), account::clientGone);
    }

    private void begin(int status, String contentType) {
        commit(status);
        set("Content-Type", contentType);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        set("openai-processing-ms", Long.toString(millis));
    }

    private void commit(int status) {
        settle();
        committed = true;
        account.status(status);
        response.status(status);
    }

    /** Whether the answer has begun, so that nothing else can be said any more. */
    boolean committed() {
        return committed;
    }

    /** Whether the connection must end with this answer. */
    boolean closing() {
        return closing;
    }

    /** Writes the end of a stream, which the connection's end would otherwise cut off. */
    void complete() {
        if (response instanceof RoutingResponse routing) {
            routing.commit();
        }
    }

    void values(Map<String, String> found) {
        values = found;
    }

    private void settle() {
        boolean http1 = request.prologue().protocolVersion().startsWith("1");
        closing =
                !body.settle()
                        || (http1
                                && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE));
        if (closing && http1) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
