package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One try to send a request. */
final class Attempt {
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final OkHttpClient client;
    private final UpstreamOptions options;
    private final Redaction redaction;
    private final CallWatch watch;

    Attempt(OkHttpClient client, UpstreamOptions options, Redaction redaction, CallWatch watch) {
        this.client = client;
        this.options = options;
        this.redaction = redaction;
        this.watch = watch;
    }

    Outcome run(UpstreamRequest request) {
        Progress progress = new Progress(options, request.remaining());
        Call call = client.newCall(request(request, progress));
        Failures failures =
                new Failures(Addresses.host(options.baseUrl()), request.cancellation(), progress);
        Cancellation.Registration watched = watch.watch(call, progress);
        Cancellation.Registration cancellable = request.cancellation().onCancel(call::cancel);
        Cancellation.Registration registration =
                () -> {
                    watched.close();
                    cancellable.close();
                };
        boolean handedOver = false;
        try {
            Response response = LibraryLoader.call(call::execute);
            progress.heard();
            Reply reply =
                    new Reply(call, response, registration, failures, progress, options, redaction);
            if (response.isSuccessful()) {
                handedOver = true;
                return reply;
            }
            return refusal(reply);
        } catch (IOException e) {
            return progress.begun()
                    ? new Failure(
                            failures.unanswered(e),
                            repeatable(request, progress.cause(e)),
                            Optional.empty())
                    : new Failure(failures.unsent(e), !call.isCanceled(), Optional.empty());
        } finally {
            if (!handedOver) {
                registration.close();
            }
        }
    }

    private Failure refusal(Reply reply) {
        try (reply) {
            BindingException error = reply.error(Clock.systemUTC());
            Optional<Duration> wait = error.retryAfter();
            boolean later = reply.status() == TOO_MANY || reply.status() == UNAVAILABLE;
            boolean wanted = !"false".equals(reply.header("x-should-retry").orElse(""));
            return new Failure(error, later && wait.isPresent() && wanted, wait);
        }
    }

    /** Something may have been done: only what does no harm twice, and not after a time-out. */
    private static boolean repeatable(UpstreamRequest request, IOException e) {
        return request.repeatable()
                && !(e instanceof InterruptedIOException)
                && !request.cancellation().isCancelled();
    }

    private Request request(UpstreamRequest request, Progress progress) {
        Request.Builder http =
                new Request.Builder()
                        .url(url(request))
                        .tag(Progress.class, progress)
                        .header("User-Agent", Upstream.USER_AGENT);
        if (request.streamed()) {
            http.header("Accept", "text/event-stream, application/x-ndjson, application/json")
                    .header("Accept-Encoding", "identity");
        } else {
            http.header("Accept", "application/json");
        }
        request.headers().forEach(http::header);
        byte[] body = request.body();
        return http.method(
                        request.method(),
                        body == null ? null : new JsonBody(body, request.repeatable()))
                .build();
    }

    private HttpUrl url(UpstreamRequest request) {
        HttpUrl.Builder url = options.baseUrl().newBuilder();
        if (request.encoded()) {
            url.addEncodedPathSegments(request.path());
        } else {
            url.addPathSegments(request.path());
        }
        request.query().forEach(url::addQueryParameter);
        return url.build();
    }
}
