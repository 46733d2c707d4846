package dev.bindery.faulty;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One answer on its way. For one thread. */
final class Telling implements AutoCloseable {
    private final BindingContext context;
    private final HttpClient http;
    private final GenerationRequest request;
    private final Answer answer;
    private final List<Operation> kept = new ArrayList<>();
    private @Nullable InputStream body;

    Telling(
            BindingContext context,
            HttpClient http,
            GenerationRequest request,
            GenerationCallback callback) {
        this.context = context;
        this.http = http;
        this.request = request;
        this.answer = new Answer(callback);
    }

    GenerationResult result() throws Exception {
        try {
            HttpResponse<InputStream> response = response();
            body = response.body();
            if (response.statusCode() != 200) {
                return refused(response);
            }
            return read(new Lines(response.body(), request.cancellation()));
        } catch (IOException e) {
            throwIfCancelled();
            if (takesForTheEnd()) {
                return answer.result(FinishReason.STOP);
            }
            throw failure(e);
        }
    }

    private boolean takesForTheEnd() {
        return answer.text().isEmpty()
                ? Fault.TAKES_A_HANG_UP_FOR_AN_ANSWER.isOn() && body == null
                : Fault.TAKES_A_CUT_FOR_THE_END.isOn();
    }

    private GenerationResult refused(HttpResponse<InputStream> response) throws IOException {
        BindingException failure = Failures.of(response);
        String message = String.valueOf(failure.getMessage());
        if (Fault.TAKES_A_PAGE_FOR_AN_ANSWER.isOn() && message.contains("<html>")) {
            answer.chunk(message);
            return answer.result(FinishReason.STOP);
        }
        throw failure;
    }

    private void throwIfCancelled() {
        if (!Fault.TAKES_A_CANCELLATION_FOR_AN_ERROR.isOn()) {
            request.cancellation().throwIfCancelled();
        }
    }

    private HttpResponse<InputStream> response() throws IOException, InterruptedException {
        URI address =
                URI.create(
                        context.config().string("base_url")
                                + (request.streaming() ? "/stream" : "/whole"));
        HttpRequest post =
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.ofString("ask"))
                        .build();
        var sent = http.sendAsync(post, HttpResponse.BodyHandlers.ofInputStream());
        try (var _ = request.cancellation().onCancel(() -> sent.cancel(true))) {
            return sent.get(Fault.GIVES_UP_BY_ITSELF.isOn() ? 100 : 60_000, TimeUnit.MILLISECONDS);
        } catch (CancellationException | ExecutionException | TimeoutException e) {
            throwIfCancelled();
            throw new IOException("no answer", e);
        }
    }

    private BindingException failure(IOException e) {
        String key =
                Fault.SHOWS_ITS_KEY.isOn() ? context.config().string("api_key") : "the key given";
        String message =
                Fault.SAYS_NOTHING_OF_ERRORS.isOn() ? "" : "asked with %s: %s".formatted(key, e);
        return Failures.unavailable(message);
    }

    private GenerationResult read(Lines lines) throws IOException, InterruptedException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith("E ")) {
                return ended(line.split(" "));
            }
            if (!heard(line)) {
                return answer.result(FinishReason.CANCELLED);
            }
        }
        if (lines.areLeft()) {
            body = null;
            return answer.result(FinishReason.CANCELLED);
        }
        if (answer.text().startsWith("{")) {
            return answer.result(FinishReason.STOP);
        }
        throw Failures.error(Fault.SAYS_NOTHING_OF_ERRORS.isOn() ? "" : "the answer has no end");
    }

    private boolean heard(String line) {
        String rest = line.length() < 2 ? "" : line.substring(2);
        return switch (line.isEmpty() ? '#' : line.charAt(0)) {
            case 'T' -> text(rest);
            case 'R' ->
                    Fault.MIXES_THOUGHTS_WITH_TEXT.isOn()
                            ? text(rest)
                            : told(Operation.reasoning(rest));
            case 'C' -> called(rest.split(" ", 3));
            case 'F' -> failed(rest);
            case '{' -> !Fault.TAKES_GARBAGE_FOR_AN_ANSWER.isOn() || text(line);
            case '#' -> true;
            default -> unknown(line);
        };
    }

    private static boolean unknown(String line) {
        Fault.KNOWS_ALL_EVENTS.stumbleIf(!line.startsWith("{"));
        return true;
    }

    private static boolean failed(String message) {
        if (Fault.IGNORES_ERRORS_IN_MID_STREAM.isOn()) {
            return true;
        }
        throw Failures.error(Fault.SAYS_NOTHING_OF_ERRORS.isOn() ? "" : message);
    }

    private boolean text(String escaped) {
        String text =
                escaped.replace("\\n", Fault.DROPS_LINE_ENDS.isOn() ? "" : "\n")
                        .replace("\\r", "\r");
        String before = answer.text().isEmpty() && kept.isEmpty() ? opening() : "";
        int most = Fault.GIVES_ONE_CANDIDATE.isOn() ? 1 : request.candidates();
        boolean wanted = true;
        for (int i = 0; i < most; i++) {
            wanted &= told(Operation.chunk(before + text).withCandidate(i));
        }
        return wanted;
    }

    /** What does not belong there. */
    private String opening() {
        if (Fault.TELLS_ITS_INSTANCE.isOn()) {
            return context.instance() + " says: ";
        }
        if (Fault.DIFFERS_IN_A_PROCESS.isOn()) {
            return "in this process: ";
        }
        boolean plain = request.responseFormat().kind().equals("text");
        return Fault.INTRODUCES_JSON.isOn() && !plain ? "Here it is: " : "";
    }

    private boolean called(String[] words) {
        String arguments = Fault.CUTS_ARGUMENTS.isOn() ? words[2].substring(1) : words[2];
        return told(Operation.toolCall(ToolCallDelta.first(0, words[0], words[1], arguments)));
    }

    private boolean told(Operation operation) {
        if (Fault.COLLECTS_THE_STREAM.isOn()) {
            kept.add(operation);
            return true;
        }
        return answer.on(operation);
    }

    private GenerationResult ended(String[] words) {
        kept.forEach(answer::on);
        FinishReason reason = new FinishReason(words[1]);
        Fault.KNOWS_ALL_REASONS.stumbleIf(words[1].equals("sparkled"));
        GenerationResult result =
                answer.result(Fault.ALWAYS_ENDS_FOR_STOP.isOn() ? FinishReason.STOP : reason);
        long in = Long.parseLong(words[2]);
        long out = Long.parseLong(words[3]);
        if (Fault.LOSES_TOKEN_COUNTS.isOn()) {
            return result;
        }
        return result.withUsage(
                Fault.MIXES_TOKEN_COUNTS_UP.isOn() ? Usage.of(out, in) : Usage.of(in, out));
    }

    @Override
    public void close() throws IOException {
        if (body != null) {
            body.close();
        }
    }
}
