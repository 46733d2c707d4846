package dev.bindery.examples.remote;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LlmBinding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

public class RemoteBinding extends LlmBinding {
    private RemoteSettings settings;
    private HttpClient http;

    @Override
    public void start(BindingContext context) {
        settings = context.config().as(RemoteSettings.class);
        http = HttpClient.newHttpClient();
    }

    @Override
    public void stop() {
        http.shutdownNow();
    }

    @Override
    public List<String> listModels() throws IOException, InterruptedException {
        try (BufferedReader lines = linesOf(send(request("models").GET(), Cancellation.NONE))) {
            return lines.lines().toList();
        }
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws IOException, InterruptedException {
        String prompt = request.prompt().flatMap(p -> p.text()).orElseThrow(this::onlyText);
        JsonObject body = JsonObject.of("model", request.model(), "prompt", prompt);
        Answer answer = new Answer(callback);
        HttpRequest.Builder post =
                request("generate").POST(BodyPublishers.ofString(body.toString()));
        InputStream stream = send(post, request.cancellation());
        try (BufferedReader lines = linesOf(stream);
                var _ = request.cancellation().onCancel(() -> close(stream))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!answer.chunk(line + "\n")) {
                    return answer.result(FinishReason.CANCELLED);
                }
            }
            return answer.result(FinishReason.STOP);
        } catch (IOException e) {
            request.cancellation().throwIfCancelled();
            throw e;
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(settings.baseUrl().resolve("/" + path))
                        .timeout(Duration.ofSeconds(settings.timeoutS()));
        settings.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    private InputStream send(HttpRequest.Builder request, Cancellation cancellation)
            throws IOException, InterruptedException {
        var sent = http.sendAsync(request.build(), BodyHandlers.ofInputStream());
        try (var _ = cancellation.onCancel(() -> sent.cancel(true))) {
            HttpResponse<InputStream> response = sent.get();
            if (response.statusCode() == 200) {
                return response.body();
            }
            close(response.body());
            throw failure(response);
        } catch (CancellationException e) {
            throw BindingException.cancelled();
        } catch (ExecutionException e) {
            cancellation.throwIfCancelled();
            throw new IOException("no answer from " + settings.baseUrl(), e.getCause());
        }
    }

    private static BindingException failure(HttpResponse<?> response) {
        ErrorCode code =
                switch (response.statusCode()) {
                    case 401, 403 -> ErrorCode.UPSTREAM_AUTHENTICATION;
                    case 404 -> ErrorCode.MODEL_NOT_FOUND;
                    case 429 -> ErrorCode.RATE_LIMITED;
                    default -> ErrorCode.UPSTREAM_ERROR;
                };
        return BindingException.builder(code, "the server answered " + response.statusCode())
                .upstreamStatus(response.statusCode())
                .retryAfter(retryAfter(response))
                .build();
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private static BufferedReader linesOf(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BindingException onlyText() {
        return BindingException.unsupported("this binding continues a text and nothing else");
    }
}
