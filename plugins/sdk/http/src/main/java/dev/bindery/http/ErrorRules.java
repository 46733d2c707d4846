package dev.bindery.http;

import dev.bindery.api.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's errors mean, as data: its own codes first, then words in its messages, then the
 * HTTP status, and what that status means in general where nothing else is said. Immutable.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ErrorRules {
    /** What the statuses of HTTP mean where a provider has no rules of its own. */
    public static final ErrorRules COMMON =
            new Builder()
                    .status(401, ErrorCode.UPSTREAM_AUTHENTICATION)
                    .status(402, ErrorCode.UPSTREAM_AUTHENTICATION)
                    .status(403, ErrorCode.UPSTREAM_AUTHENTICATION)
                    .status(408, ErrorCode.TIMEOUT)
                    .status(429, ErrorCode.RATE_LIMITED)
                    .status(503, ErrorCode.UPSTREAM_UNAVAILABLE)
                    .status(504, ErrorCode.TIMEOUT)
                    .status(524, ErrorCode.TIMEOUT)
                    .status(529, ErrorCode.OVERLOADED)
                    .build();

    private final Map<String, ErrorCode> codes;
    private final List<MessageRule> messages;
    private final Map<Integer, ErrorCode> statuses;
    private final @Nullable String codeHeader;

    private ErrorRules(Builder builder) {
        codes = Map.copyOf(builder.codes);
        messages = List.copyOf(builder.messages);
        statuses = Map.copyOf(builder.statuses);
        codeHeader = builder.codeHeader;
    }

    /** A builder that starts with {@link #COMMON}. */
    public static Builder builder() {
        Builder builder = new Builder();
        builder.statuses.putAll(COMMON.statuses);
        return builder;
    }

    /** The header that has the provider's code; absent where none has. */
    Optional<String> codeHeader() {
        return Optional.ofNullable(codeHeader);
    }

    /** What the error means. */
    public ErrorCode codeOf(ProviderError error) {
        return error.codes().stream()
                .map(codes::get)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> byMessage(error))
                .orElseGet(() -> byStatus(error.status()));
    }

    private Optional<ErrorCode> byMessage(ProviderError error) {
        return messages.stream()
                .filter(rule -> rule.fits(error))
                .map(MessageRule::meaning)
                .findFirst();
    }

    /** An error without a status came in the middle of an answer. */
    private ErrorCode byStatus(int status) {
        ErrorCode known = statuses.get(status);
        if (known != null) {
            return known;
        }
        return status >= 400 && status < 500 && status != 404 && status != 405
                ? ErrorCode.INVALID_REQUEST
                : ErrorCode.UPSTREAM_ERROR;
    }

    private record MessageRule(int status, Pattern words, ErrorCode meaning) {
        boolean fits(ProviderError error) {
            return (error.status() == status || error.status() == 0)
                    && words.matcher(error.message()).find();
        }
    }

    /** Builds {@link ErrorRules}; not for several threads. */
    public static final class Builder {
        private final Map<String, ErrorCode> codes = new HashMap<>();
        private final List<MessageRule> messages = new ArrayList<>();
        private final Map<Integer, ErrorCode> statuses = new HashMap<>();
        private @Nullable String codeHeader;

        private Builder() {}

        /** What the provider's own code, type or status word means. */
        public Builder code(String code, ErrorCode meaning) {
            codes.put(code.toLowerCase(Locale.ROOT), meaning);
            return this;
        }

        /**
         * What a message with these words means.
         *
         * @param status the status that it must have come with, or none at all
         * @param words a regular expression, found anywhere, upper or lower case
         */
        public Builder message(int status, String words, ErrorCode meaning) {
            Pattern pattern = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
            messages.add(new MessageRule(status, pattern, meaning));
            return this;
        }

        /** What the HTTP status means. */
        public Builder status(int status, ErrorCode meaning) {
            statuses.put(status, meaning);
            return this;
        }

        /** Which header has the provider's own code, where the body does not. */
        public Builder codeHeader(String name) {
            codeHeader = name;
            return this;
        }

        public ErrorRules build() {
            return new ErrorRules(this);
        }
    }
}
