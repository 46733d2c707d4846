package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Asks Hugging Face, or what stands in for it, where a file is and what it must be. The token goes
 * to that address only: files lie elsewhere, at addresses that are signed. For one thread.
 */
final class Hub implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final URI base;
    private final String token;
    private final Cancellation cancellation;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /**
     * @param token of an account; empty for none
     */
    Hub(String base, String token, Cancellation cancellation) {
        this.base = checked(base);
        this.token = token;
        this.cancellation = cancellation;
    }

    /** A file as the hub describes it. */
    record Found(URI address, Optional<String> sha256, OptionalLong size) {}

    /**
     * @throws BindingException MODEL_NOT_FOUND when there is no such file, UPSTREAM_AUTHENTICATION
     *     when the token does not allow it
     */
    Found find(HubName file) {
        URI address = address("/%s/resolve/main/%s".formatted(file.repository(), file.path()));
        URI asked = address;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<String> response = send(asked, "HEAD");
            Optional<URI> next = response.headers().firstValue("Location").map(asked::resolve);
            if (response.statusCode() / 100 == 3 && next.isPresent()) {
                if (!isHere(next.get())) {
                    return found(response, token.isEmpty() ? asked : safe(next.get()));
                }
                asked = next.get();
            } else {
                expect(response, file);
                return found(response, asked);
            }
        }
        throw failure(ErrorCode.UPSTREAM_ERROR, "leads in circles from " + address);
    }

    /** The GGUF files of a repository that are models: of one in several files, the first. */
    List<String> models(HubName name) {
        URI tree = address("/api/models/%s/tree/main".formatted(name.repository()));
        HttpResponse<String> response = send(URI.create(tree + "?recursive=true"), "GET");
        expect(response, name);
        try {
            Object json = new Yaml(new SafeConstructor(new LoaderOptions())).load(response.body());
            return json instanceof List<?> entries
                    ? entries.stream()
                            .map(e -> e instanceof Map<?, ?> entry ? entry.get("path") : null)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(ModelFiles::isFirst)
                            .toList()
                    : List.of();
        } catch (YAMLException _) {
            throw failure(ErrorCode.UPSTREAM_ERROR, "did not answer with a list of files");
        }
    }

    private URI safe(URI address) {
        if ("https".equals(base.getScheme()) && !"https".equals(address.getScheme())) {
            throw failure(ErrorCode.UPSTREAM_ERROR, "leads from https to " + address.getHost());
        }
        return address;
    }

    private static Found found(HttpResponse<String> response, URI address) {
        Optional<String> sha256 =
                header(response, "X-Linked-Etag")
                        .or(() -> header(response, "ETag"))
                        .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
                        .filter(tag -> SHA256.matcher(tag).matches());
        OptionalLong size =
                header(response, "X-Linked-Size")
                        .or(() -> header(response, "Content-Length").filter(_ -> isGood(response)))
                        .filter(digits -> digits.matches("\\d{1,18}"))
                        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                        .orElseGet(OptionalLong::empty);
        return new Found(address, sha256, size);
    }

    private void expect(HttpResponse<String> response, HubName name) {
        int status = response.statusCode();
        if (isGood(response)) {
            return;
        }
        String said =
                header(response, "X-Error-Message").map(words -> ", it says: " + words).orElse("");
        throw switch (status) {
            case 401, 403 ->
                    failure(
                            ErrorCode.UPSTREAM_AUTHENTICATION,
                            "does not give %s to us: there is no such repository, or it is private or asks for its conditions to be accepted; for those set huggingface_token to a token of an account that may read it%s"
                                    .formatted(name, said));
            case 404 -> failure(ErrorCode.MODEL_NOT_FOUND, "has no %s%s".formatted(name, said));
            case 429 -> failure(ErrorCode.RATE_LIMITED, "asks us to wait" + said);
            default ->
                    failure(
                            ErrorCode.UPSTREAM_ERROR,
                            "answers %d for %s%s".formatted(status, name, said));
        };
    }

    private HttpResponse<String> send(URI address, String method) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Accept-Encoding", "identity")
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try (Cancellation.Registration _ = cancellation.onCancel(() -> answer.cancel(true))) {
            return answer.join();
        } catch (CancellationException _) {
            throw BindingException.cancelled();
        } catch (CompletionException e) {
            cancellation.throwIfCancelled();
            throw failure(ErrorCode.UPSTREAM_UNAVAILABLE, "cannot be reached: " + e.getCause());
        }
    }

    private URI address(String path) {
        try {
            return new URI(
                    base.getScheme(), base.getAuthority(), base.getPath() + path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private boolean isHere(URI address) {
        return base.getScheme().equals(address.getScheme())
                && base.getAuthority().equals(address.getAuthority());
    }

    private static boolean isGood(HttpResponse<String> response) {
        return response.statusCode() / 100 == 2;
    }

    private static Optional<String> header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name);
    }

    private BindingException failure(ErrorCode code, String what) {
        return new BindingException(code, base.getAuthority() + " " + what);
    }

    private static URI checked(String base) {
        String address = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        try {
            URI uri = new URI(address);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getAuthority() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw new BindingException(
                ErrorCode.NOT_CONFIGURED,
                "huggingface_url must be an address such as https://huggingface.co, with nothing before the host's name; a token goes into huggingface_token");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
