package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks the address where a container or a machine is told its credentials: past every proxy,
 * through no redirect, and never for long. Asked rarely, so that it keeps no connections.
 */
final class Metadata {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long LONGEST = 1 << 16;
    private static final int TRIES = 3;
    private static final int NOT_FOUND = 404;
    private static final int BROKEN = 500;

    private final OkHttpClient client =
            new OkHttpClient.Builder()
                    .proxy(Proxy.NO_PROXY)
                    .followRedirects(false)
                    .connectTimeout(CONNECT)
                    .callTimeout(ANSWER)
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .build();

    String get(HttpUrl address, Map<String, String> headers) {
        return answer(request(address, headers).build());
    }

    String put(HttpUrl address, Map<String, String> headers) {
        return answer(request(address, headers).put(RequestBody.EMPTY).build());
    }

    private static Request.Builder request(HttpUrl address, Map<String, String> headers) {
        Request.Builder request = new Request.Builder().url(address);
        headers.forEach(request::header);
        return request;
    }

    private String answer(Request request) {
        for (int tries = 1; ; tries++) {
            try (Response response = client.newCall(request).execute()) {
                if (response.isSuccessful()) {
                    return response.peekBody(LONGEST).string();
                }
                if (response.code() < BROKEN || tries == TRIES) {
                    throw refused(request, response.code());
                }
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw new BindingException(
                            ErrorCode.UPSTREAM_UNAVAILABLE,
                            "no credentials from %s (%s); does Bindery run in AWS, with a role?"
                                    .formatted(place(request), e.getClass().getSimpleName()),
                            e);
                }
            }
        }
    }

    private static BindingException refused(Request request, int status) {
        return new BindingException(
                status == NOT_FOUND ? ErrorCode.NOT_CONFIGURED : ErrorCode.UPSTREAM_UNAVAILABLE,
                "no credentials from %s: it answered %d%s"
                        .formatted(
                                place(request),
                                status,
                                status == NOT_FOUND
                                        ? "; give the machine or container a role"
                                        : ""));
    }

    private static String place(Request request) {
        return request.url().host();
    }
}
