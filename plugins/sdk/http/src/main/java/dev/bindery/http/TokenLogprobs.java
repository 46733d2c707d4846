package dev.bindery.http;

import dev.bindery.api.TokenLogprob;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apiguardian.api.API;
import tools.jackson.databind.JsonNode;

/**
 * Reads log probabilities in the form that OpenAI's chats have and others took over: a list of
 * {@code {"token", "logprob", "bytes", "top_logprobs"}}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class TokenLogprobs {
    private TokenLogprobs() {}

    /** Those of the list; tokens without a probability are left out. */
    public static List<TokenLogprob> read(JsonNode tokens) {
        if (tokens.isEmpty()) {
            return List.of();
        }
        return StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> token.path("logprob").isNumber())
                .map(token -> token(token).alternatives(read(token.path("top_logprobs"))).build())
                .toList();
    }

    private static TokenLogprob.Builder token(JsonNode token) {
        String text = new WellFormedText().take(token.path("token").asString(""));
        TokenLogprob.Builder read = TokenLogprob.builder(text, token.path("logprob").doubleValue());
        JsonNode bytes = token.path("bytes");
        return bytes.isArray() ? read.bytes(bytes(bytes)) : read;
    }

    private static byte[] bytes(JsonNode numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers.path(i).asInt(0);
        }
        return bytes;
    }
}
