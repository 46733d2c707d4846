package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What the failures of a connection mean to the caller. */
final class Failures {
    private final String host;
    private final Cancellation cancellation;
    private final Progress progress;

    Failures(String host, Cancellation cancellation, Progress progress) {
        this.host = host;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** A failure before anything of the request was sent. */
    BindingException unsent(IOException shown) {
        if (isCancelled()) {
            return BindingException.cancelled();
        }
        IOException e = progress.cause(shown);
        String why =
                switch (e) {
                    case UnknownHostException _ -> "its name is not known";
                    case SSLException _ -> "no trusted TLS connection: " + e.getMessage();
                    default -> e.getMessage();
                };
        return unavailable("cannot connect to %s: %s".formatted(host, why), e);
    }

    /** A failure while the request was sent or its answer awaited. */
    BindingException unanswered(IOException e) {
        return sent(
                e,
                ErrorCode.UPSTREAM_UNAVAILABLE,
                "%s closed the connection without an answer: %s");
    }

    /** A failure in the middle of an answer. */
    BindingException brokenOff(IOException e) {
        return sent(e, ErrorCode.UPSTREAM_ERROR, "%s broke off in the middle of its answer: %s");
    }

    private BindingException sent(IOException shown, ErrorCode code, String message) {
        if (isCancelled()) {
            return BindingException.cancelled();
        }
        IOException e = progress.cause(shown);
        return switch (e) {
            case SocketTimeoutException _ -> late("%s sent nothing for too long", e);
            case InterruptedIOException _ ->
                    late("%s did not finish within the time of the request", e);
            default -> new BindingException(code, message.formatted(host, why(e)), e);
        };
    }

    private static String why(IOException e) {
        String message = e.getMessage();
        return message == null ? "the connection ended" : message;
    }

    private BindingException late(String message, IOException e) {
        return new BindingException(ErrorCode.TIMEOUT, message.formatted(host), e);
    }

    private BindingException unavailable(String message, IOException e) {
        return new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, message, e);
    }

    private boolean isCancelled() {
        return cancellation.isCancelled() || Thread.currentThread().isInterrupted();
    }
}
