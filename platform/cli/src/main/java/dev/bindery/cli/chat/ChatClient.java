package dev.bindery.cli.chat;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for streamed answers, one at a time. {@link #stop} may be called from any thread, the rest
 * from one.
 */
public final class ChatClient {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String DATA = "data:";

    private final OkHttpClient http;
    private final HttpUrl address;
    private final Optional<String> key;
    private volatile @Nullable Call running;

    /**
     * @param key sent as the API key, where there is one
     */
    public ChatClient(OkHttpClient http, String address, Optional<String> key) {
        this.http = http;
        this.address =
                HttpUrl.get(address).newBuilder().addPathSegments("v1/chat/completions").build();
        this.key = key;
    }

    /** Ends the answer that is being streamed, if there is one. */
    public void stop() {
        Call call = running;
        if (call != null) {
            call.cancel();
        }
    }

    /**
     * Says something and streams the answer; both become part of the conversation. Stopped, what
     * came so far is the answer.
     *
     * @param piece hears each piece of the answer as it comes
     */
    public void ask(Conversation conversation, String text, Consumer<String> piece) {
        conversation.user(text);
        StringBuilder answer = new StringBuilder();
        try {
            stream(
                    conversation,
                    part -> {
                        answer.append(part);
                        piece.accept(part);
                    });
        } catch (CommandFailure e) {
            conversation.takeBack();
            throw e;
        }
        conversation.assistant(answer.toString());
    }

    private void stream(Conversation conversation, Consumer<String> piece) {
        Call call = http.newCall(request(conversation));
        running = call;
        try (Response response = call.execute()) {
            BufferedSource lines = response.body().source();
            if (!response.isSuccessful()) {
                throw refusal(response, Json.parse(lines.readUtf8()));
            }
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                if (line.startsWith(DATA)) {
                    event(line.substring(DATA.length()).strip(), piece);
                }
            }
        } catch (IOException e) {
            if (!call.isCanceled()) {
                throw broken(e);
            }
        } finally {
            running = null;
        }
    }

    private Request request(Conversation conversation) {
        Request.Builder request =
                new Request.Builder()
                        .url(address)
                        .post(RequestBody.create(conversation.request().toString(), JSON));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    private static void event(String data, Consumer<String> piece) {
        JsonNode event = Json.parse(data);
        if (event.has("error")) {
            throw failure(event, 200);
        }
        String text = Json.text(event.path("choices").path(0).path("delta"), "content");
        if (!text.isEmpty()) {
            piece.accept(text);
        }
    }

    private CommandFailure refusal(Response response, JsonNode answer) {
        if (response.code() == 401) {
            return new CommandFailure(
                    (key.isEmpty()
                                    ? "This host asks for an API key: put one into BINDERY_API_KEY."
                                    : "This host does not know the API key in BINDERY_API_KEY.")
                            + " `bindery keys add NAME` makes one.");
        }
        CommandFailure failure = failure(answer, response.code());
        String wait = response.header("Retry-After");
        return wait != null && wait.matches("\\d+")
                ? new CommandFailure(failure.getMessage() + " Try again in " + wait + " s.")
                : failure;
    }

    private static CommandFailure failure(JsonNode answer, int status) {
        String message = Json.text(answer.path("error"), "message");
        return new CommandFailure(
                message.isEmpty() ? "The host answered " + status + ", with no reason." : message);
    }

    private CommandFailure broken(IOException e) {
        String host = address.scheme() + "://" + address.host() + ":" + address.port();
        return e instanceof ConnectException
                ? new CommandFailure(
                        "No host is running at " + host + "; start one with: bindery run", e)
                : new CommandFailure("The connection to " + host + " broke: " + e.getMessage(), e);
    }
}
