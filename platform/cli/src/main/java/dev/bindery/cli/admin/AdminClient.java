package dev.bindery.cli.admin;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admin API of one running host. Answers are JSON as the host sent it; whatever goes wrong is a
 * {@link CommandFailure} with a sentence for people. For one thread, but for {@link #stop}.
 */
public final class AdminClient {
    private static final String DATA = "data: ";
    private static final MediaType JAR = MediaType.get("application/java-archive");
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final HttpUrl address;
    private final HomeFolder home;
    private final String command;
    private final Optional<String> token;
    private volatile @Nullable Call heard;

    /**
     * @param named whether the operator has named the home for this, so that its token is meant
     *     even where its host has not written down that address
     * @param url where the host is, or null to find it by its home
     */
    public AdminClient(HomeFolder home, boolean named, @Nullable String url, Shell shell) {
        this.home = home;
        this.command = shell.command();
        WrittenHost written = new WrittenHost(home);
        this.address = HostAddress.of(written, url, shell);
        this.http = client(written, address);
        this.token = AdminToken.of(home, named || written.listensAt(address), shell);
    }

    /** Installing a binding or starting one may take long; Ctrl-C ends what takes too long. */
    private static OkHttpClient client(WrittenHost written, HttpUrl address) {
        OkHttpClient.Builder client =
                new OkHttpClient.Builder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ofMinutes(1));
        if (written.isKnownAt(address)) {
            PinnedCertificate.trust(client, written);
        }
        return client.build();
    }

    public String address() {
        return address.toString().replaceAll("/$", "");
    }

    public OkHttpClient http() {
        return http;
    }

    public JsonNode get(String... path) {
        return send(request(path).get());
    }

    public JsonNode post(String... path) {
        return send(request(path).post(RequestBody.EMPTY));
    }

    public JsonNode post(ObjectNode body, String... path) {
        return send(request(path).post(RequestBody.create(body.toString(), JSON)));
    }

    public JsonNode post(Map<String, String> query, String... path) {
        return send(authorized(url(query, path)).post(RequestBody.EMPTY));
    }

    public JsonNode patch(ObjectNode body, String... path) {
        return send(request(path).patch(RequestBody.create(body.toString(), JSON)));
    }

    public void delete(String... path) {
        send(request(path).delete());
    }

    public void delete(Map<String, String> query, String... path) {
        send(authorized(url(query, path)).delete());
    }

    /** Sends a jar into the drop folder; answers how the binding stands then. */
    public JsonNode upload(Path jar) {
        HttpUrl url =
                url("bindings")
                        .addQueryParameter("file", String.valueOf(jar.getFileName()))
                        .build();
        return send(authorized(url).post(RequestBody.create(jar.toFile(), JAR)));
    }

    /**
     * Asks for long work, and hears each line of its progress; returns when it has ended, or {@link
     * #stop} was called.
     */
    public void follow(ObjectNode body, Consumer<JsonNode> line, String... path) {
        stream(
                request(path).post(RequestBody.create(body.toString(), JSON)),
                text -> {
                    if (!text.isBlank()) {
                        line.accept(Json.parse(text));
                    }
                });
    }

    /**
     * Hears the host's events, those that it still knows of after that id first.
     *
     * @param follow whether to go on with those to come, until the host ends or {@link #stop}
     */
    public void events(long after, boolean follow, Consumer<JsonNode> event) {
        HttpUrl.Builder url = url("events");
        if (!follow) {
            url.addQueryParameter("until", "now");
        }
        Request.Builder request =
                authorized(url.build()).header("Last-Event-ID", Long.toString(after));
        stream(
                request,
                text -> {
                    if (text.startsWith(DATA)) {
                        event.accept(Json.parse(text.substring(DATA.length())));
                    }
                });
    }

    /** Ends what {@link #follow} or {@link #events} is hearing; for any thread. */
    public void stop() {
        Call call = heard;
        if (call != null) {
            call.cancel();
        }
    }

    private void stream(Request.Builder request, Consumer<String> line) {
        Call call = http.newCall(request.build());
        heard = call;
        try (Response response = call.execute()) {
            if (!response.isSuccessful()) {
                throw refusal(response);
            }
            BufferedSource lines = response.body().source();
            for (String text = lines.readUtf8Line(); text != null; text = lines.readUtf8Line()) {
                line.accept(text);
            }
        } catch (IOException e) {
            if (!call.isCanceled()) {
                throw unreachable(e);
            }
        } finally {
            heard = null;
        }
    }

    private JsonNode send(Request.Builder request) {
        try (Response response = http.newCall(request.build()).execute()) {
            if (!response.isSuccessful()) {
                throw refusal(response);
            }
            String text = response.body().string();
            JsonNode answer = Json.parse(text);
            if (answer.isMissingNode() && !text.isBlank()) {
                throw new CommandFailure(address() + " answered, but not as a Bindery host does.");
            }
            return answer;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private Request.Builder request(String... path) {
        return authorized(url(path).build());
    }

    private Request.Builder authorized(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private HttpUrl url(Map<String, String> query, String... path) {
        HttpUrl.Builder url = url(path);
        query.forEach(url::addQueryParameter);
        return url.build();
    }

    /** Each part of the path is one segment, whatever characters it has. */
    private HttpUrl.Builder url(String... path) {
        HttpUrl.Builder url = address.newBuilder().addPathSegments("admin/v1");
        for (String segment : path) {
            // These would lead elsewhere. A variable that is not set is most often why.
            if (List.of("", ".", "..").contains(segment.strip())) {
                throw new WrongCall("'%s' is no name.".formatted(segment));
            }
            url.addPathSegment(segment);
        }
        return url;
    }

    private CommandFailure refusal(Response response) throws IOException {
        if (response.code() == 401 || (response.code() == 403 && token.isEmpty())) {
            return new CommandFailure(
                    token.isPresent()
                            ? "The host at %s does not accept the admin token of %s. Name the host's own home with --home, or give its token in BINDERY_ADMIN_TOKEN."
                                    .formatted(address(), home.path())
                            : "The host at %s asks for its admin token. That of %s is sent to the home's own host only, which does not listen there. Name the home of the host that is meant with --home, or give its token in BINDERY_ADMIN_TOKEN."
                                    .formatted(address(), home.path()));
        }
        ResponseBody body = response.body();
        String message = Json.text(Json.parse(body.string()).path("error"), "message");
        return new CommandFailure(
                message.isEmpty()
                        ? "%s answered %d, with no reason. Is a Bindery host listening there?"
                                .formatted(address(), response.code())
                        : message);
    }

    private CommandFailure unreachable(IOException e) {
        return switch (e) {
            case ConnectException _ ->
                    new CommandFailure(
                            "No host is running at %s; start one with: %s run"
                                    .formatted(address(), command),
                            e);
            case UnknownHostException _ ->
                    new CommandFailure("The name of " + address() + " leads nowhere.", e);
            case SSLException _ -> untrusted(e);
            default ->
                    new CommandFailure(
                            "The connection to " + address() + " broke: " + e.getMessage(), e);
        };
    }

    private CommandFailure untrusted(IOException e) {
        String why = String.valueOf(e.getMessage());
        return new CommandFailure(
                "No trusted connection to %s: %s. For a host of this machine, name its home with --home and leave out --url; else this machine has to trust the certificate's issuer."
                        .formatted(address(), why),
                e);
    }
}
