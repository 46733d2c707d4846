package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;
import org.apiguardian.api.API;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The beginning of a provider's good answer, and the rest of it as it comes. For one thread; close
 * it. Closed before its end, it closes the connection at once, so that the provider stops working.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Reply implements Outcome, AutoCloseable {
    private static final long ERROR_BYTES = 64 << 10;

    private final Call call;
    private final Response response;
    private final Cancellation.Registration registration;
    private final UpstreamOptions options;
    private final Redaction redaction;
    private final BufferedSource source;
    private boolean finished;

    Reply(
            Call call,
            Response response,
            Cancellation.Registration registration,
            Failures failures,
            Progress progress,
            UpstreamOptions options,
            Redaction redaction) {
        this.call = call;
        this.response = response;
        this.registration = registration;
        this.options = options;
        this.redaction = redaction;
        this.source = Okio.buffer(new ReplySource(decoded(response), failures, progress));
    }

    /** Some servers pack what they were asked not to; the rest OkHttp has unpacked already. */
    private static Source decoded(Response response) {
        BufferedSource body = response.body().source();
        return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
                ? new GzipSource(body)
                : body;
    }

    /** The status. */
    public int status() {
        return response.code();
    }

    /** A header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.header(name));
    }

    /** Whether the answer's media type is that one, such as {@code text/event-stream}. */
    public boolean isOfType(String mediaType) {
        return header("Content-Type")
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith(mediaType);
    }

    /**
     * Whether the answer is one of server-sent events, also where its type does not say so. What is
     * JSON or a page for people is none.
     *
     * @param wanted whether such an answer was asked for
     */
    public boolean isOfEvents(boolean wanted) {
        return isOfType("text/event-stream")
                || (wanted && !isOfType("application/json") && !isOfType("text/html"));
    }

    /** The answer's server-sent events. */
    public SseReader events() {
        return new SseReader(source, options.limits());
    }

    /** The answer's lines of JSON. */
    public NdjsonReader lines() {
        return new NdjsonReader(source, options.limits());
    }

    /**
     * The answer's bytes as they come. Reading fails with a {@link BindingException} when the
     * provider breaks off, falls silent or the call is cancelled.
     */
    public InputStream bytes() {
        return source.inputStream();
    }

    /**
     * The whole answer as JSON.
     *
     * @throws BindingException UPSTREAM_ERROR when it is something else, or too large
     */
    public JsonNode json() {
        byte[] body = body(options.limits().bodyBytes(), true);
        finished();
        try {
            return Json.parse(body);
        } catch (JacksonException _) {
            throw new BindingException(ErrorCode.UPSTREAM_ERROR, notJson(body));
        }
    }

    /**
     * Says that nothing more is wanted although the answer may not be at its very end, as after the
     * last event of a stream: the connection is kept for the next request if it can be.
     */
    public void finished() {
        finished = true;
    }

    /** Ends the call, and the connection too unless {@link #finished}. */
    @Override
    public void close() {
        registration.close();
        LibraryLoader.call(() -> {
            if (!finished) {
                call.cancel();
            }
            response.close();
            return finished;
        });
    }

    /** What this answer, which is no good one, means. */
    BindingException error(Clock clock) {
        ProviderError error =
                ProviderError.of(status(), body(ERROR_BYTES, false))
                        .withCode(options.errors().codeHeader().flatMap(this::header).orElse(""));
        Optional<Duration> wait = RetryAfter.of(response.headers(), clock).or(error::retryAfter);
        String message =
                "%s answered %d: %s"
                        .formatted(Addresses.host(options.baseUrl()), status(), message(error));
        return BindingException.builder(options.errors().codeOf(error), redaction.clean(message))
                .upstreamStatus(status())
                .retryAfter(wait.orElse(null))
                .build();
    }

    private String message(ProviderError error) {
        if (!response.isRedirect()) {
            return error.message();
        }
        String target = Redaction.withoutUserInfo(header("Location").orElse("elsewhere"));
        return "it redirects to %s; set base_url to where it really is".formatted(target);
    }

    private byte[] body(long limit, boolean complete) {
        try {
            boolean more = source.request(limit + 1);
            if (more && complete) {
                throw new BindingException(
                        ErrorCode.UPSTREAM_ERROR,
                        "%s sends more than %d bytes in one answer"
                                .formatted(Addresses.host(options.baseUrl()), limit));
            }
            finished |= !more;
            return source.readByteArray(Math.min(limit, source.getBuffer().size()));
        } catch (IOException e) {
            throw new IllegalStateException("the source turns these into errors of its own", e);
        }
    }

    private String notJson(byte[] body) {
        return redaction.clean(
                "%s answered something that is no JSON (is base_url right?): %s"
                        .formatted(
                                Addresses.host(options.baseUrl()),
                                ProviderError.of(status(), body).message()));
    }

    @Override
    public String toString() {
        return "Reply[" + status() + "]";
    }
}
