package dev.bindery.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One request for an answer. Immutable; shared freely between threads.
 *
 * <p>What the client did not say is absent, so that the provider's own default holds.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class GenerationRequest {
    private final String model;
    private final GenerationInput input;
    private final @Nullable Integer maxTokens;
    private final Sampling sampling;
    private final int candidates;
    private final @Nullable Integer logprobs;
    private final List<Tool> tools;
    private final @Nullable ToolChoice toolChoice;
    private final @Nullable Boolean parallelTools;
    private final ResponseFormat responseFormat;
    private final @Nullable ReasoningOptions reasoning;
    private final boolean streaming;
    private final boolean verbose;
    private final @Nullable Duration keepAlive;
    private final JsonObject parameters;
    private final Caller caller;
    private final Cancellation cancellation;
    private final RetryBudget retries;

    private final @Nullable Long deadline;

    private GenerationRequest(Builder builder) {
        model = builder.model;
        input = builder.input;
        maxTokens = builder.maxTokens;
        sampling = builder.sampling;
        candidates = builder.candidates;
        logprobs = builder.logprobs;
        tools = builder.tools;
        toolChoice = builder.toolChoice;
        parallelTools = builder.parallelTools;
        responseFormat = builder.responseFormat;
        reasoning = builder.reasoning;
        streaming = builder.streaming;
        verbose = builder.verbose;
        keepAlive = builder.keepAlive;
        parameters = builder.parameters;
        caller = builder.caller;
        cancellation = builder.cancellation;
        retries = builder.retries;
        if (candidates < 1) {
            throw new IllegalArgumentException("at least one candidate, not " + candidates);
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new IllegalArgumentException("at least one token, not " + maxTokens);
        }
        deadline = builder.deadline;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String model, GenerationInput input) {
        return new Builder(model, input);
    }

    /** A request that begins with a conversation. */
    public static Builder chat(String model, List<Message> messages) {
        return builder(model, Chat.of(messages));
    }

    /** A request that begins with a raw text. */
    public static Builder prompt(String model, String text) {
        return builder(model, Prompt.of(text));
    }

    /** The model's name as the binding lists it, without the instance's prefix. */
    public String model() {
        return model;
    }

    /** What to start from. */
    public GenerationInput input() {
        return input;
    }

    /** The most tokens of the answer (the guide's {@code n_predict}), at least 1. */
    public OptionalInt maxTokens() {
        return maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens);
    }

    /** How tokens are chosen. */
    public Sampling sampling() {
        return sampling;
    }

    /** How many answers are wanted (OpenAI's {@code n}), at least 1. */
    public int candidates() {
        return candidates;
    }

    /**
     * How many alternatives to report with each token's log probability; 0 for the token's own
     * alone, absent for none.
     */
    public OptionalInt logprobs() {
        return logprobs == null ? OptionalInt.empty() : OptionalInt.of(logprobs);
    }

    /** The tools that the model may call. */
    public List<Tool> tools() {
        return tools;
    }

    /** Whether and which tools to call; absent means the model decides. */
    public Optional<ToolChoice> toolChoice() {
        return Optional.ofNullable(toolChoice);
    }

    /** Whether several tools may be called at once; absent for the provider's default. */
    public Optional<Boolean> parallelTools() {
        return Optional.ofNullable(parallelTools);
    }

    /** The form that the answer must have. */
    public ResponseFormat responseFormat() {
        return responseFormat;
    }

    /** How much to think. */
    public Optional<ReasoningOptions> reasoning() {
        return Optional.ofNullable(reasoning);
    }

    /** A hint that the caller reads along; operations are welcome either way. */
    public boolean streaming() {
        return streaming;
    }

    /** Whether to log more than usual about this request. */
    public boolean verbose() {
        return verbose;
    }

    /** How long the model shall stay loaded after this; negative for ever. */
    public Optional<Duration> keepAlive() {
        return Optional.ofNullable(keepAlive);
    }

    /**
     * What the client sent beyond all this (the guide's {@code **gpt_params}), each under the
     * dialect that it came in by: {@code {"openai": {"logit_bias": …}}}. Forward only names that
     * you know.
     */
    public JsonObject parameters() {
        return parameters;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** Whether the caller has gone. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** How often this may still be tried again, by all layers together. */
    public RetryBudget retries() {
        return retries;
    }

    /** The conversation, when the input is one. */
    public Optional<Chat> chat() {
        return input instanceof Chat chat ? Optional.of(chat) : Optional.empty();
    }

    /** The raw prompt, when the input is one. */
    public Optional<Prompt> prompt() {
        return input instanceof Prompt prompt ? Optional.of(prompt) : Optional.empty();
    }

    /** The time that is left for this request, zero when it is over; absent when unlimited. */
    public Optional<Duration> remaining() {
        return Optional.ofNullable(deadline)
                .map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    /**
     * This request with the images as parts at the end of its last user message; a raw prompt
     * becomes the user message that carries them.
     */
    public GenerationRequest withImages(List<Blob> images) {
        if (images.isEmpty()) {
            return this;
        }
        List<MediaPart> parts = images.stream().map(MediaPart::of).toList();
        return toBuilder().input(Chat.of(messagesWith(parts))).build();
    }

    private List<Message> messagesWith(List<MediaPart> parts) {
        List<Message> messages = new ArrayList<>(asMessages());
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role().equals(Role.USER)) {
                messages.set(i, messages.get(i).plus(parts));
                return messages;
            }
        }
        messages.add(Message.of(Role.USER, parts));
        return messages;
    }

    private List<Message> asMessages() {
        return switch (input) {
            case Chat chat -> chat.messages();
            case Prompt prompt when prompt.text().isPresent() ->
                    List.of(Message.user(prompt.text().get()));
            default ->
                    throw BindingException.unsupported(
                            "images go with messages or a text, not with a prompt of tokens");
        };
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(model, input);
        builder.maxTokens = maxTokens;
        builder.sampling = sampling;
        builder.candidates = candidates;
        builder.logprobs = logprobs;
        builder.tools = tools;
        builder.toolChoice = toolChoice;
        builder.parallelTools = parallelTools;
        builder.responseFormat = responseFormat;
        builder.reasoning = reasoning;
        builder.streaming = streaming;
        builder.verbose = verbose;
        builder.keepAlive = keepAlive;
        builder.parameters = parameters;
        builder.caller = caller;
        builder.cancellation = cancellation;
        builder.retries = retries;
        builder.deadline = deadline;
        return builder;
    }

    /**
     * Builds {@link GenerationRequest}s; not for several threads. Each method sets what the
     * accessor of its name returns.
     */
    public static final class Builder {
        private String model;
        private GenerationInput input;
        private @Nullable Integer maxTokens;
        private Sampling sampling = Sampling.DEFAULTS;
        private int candidates = 1;
        private @Nullable Integer logprobs;
        private List<Tool> tools = List.of();
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelTools;
        private ResponseFormat responseFormat = ResponseFormat.TEXT;
        private @Nullable ReasoningOptions reasoning;
        private boolean streaming = false;
        private boolean verbose = false;
        private @Nullable Duration keepAlive;
        private JsonObject parameters = JsonObject.EMPTY;
        private Caller caller = Caller.UNKNOWN;
        private Cancellation cancellation = Cancellation.NONE;
        private RetryBudget retries = RetryBudget.UNLIMITED;

        private @Nullable Long deadline;

        private Builder(String model, GenerationInput input) {
            this.model = Objects.requireNonNull(model, "model");
            this.input = Objects.requireNonNull(input, "input");
        }

        public Builder model(String model) {
            this.model = Objects.requireNonNull(model, "model");
            return this;
        }

        public Builder input(GenerationInput input) {
            this.input = Objects.requireNonNull(input, "input");
            return this;
        }

        public Builder maxTokens(@Nullable Integer maxTokens) {
            this.maxTokens = maxTokens;
            return this;
        }

        public Builder sampling(Sampling sampling) {
            this.sampling = Objects.requireNonNull(sampling, "sampling");
            return this;
        }

        public Builder candidates(int candidates) {
            this.candidates = candidates;
            return this;
        }

        public Builder logprobs(@Nullable Integer logprobs) {
            this.logprobs = logprobs;
            return this;
        }

        public Builder tools(List<Tool> tools) {
            this.tools = List.copyOf(tools);
            return this;
        }

        public Builder toolChoice(@Nullable ToolChoice toolChoice) {
            this.toolChoice = toolChoice;
            return this;
        }

        public Builder parallelTools(@Nullable Boolean parallelTools) {
            this.parallelTools = parallelTools;
            return this;
        }

        public Builder responseFormat(ResponseFormat responseFormat) {
            this.responseFormat = Objects.requireNonNull(responseFormat, "responseFormat");
            return this;
        }

        public Builder reasoning(@Nullable ReasoningOptions reasoning) {
            this.reasoning = reasoning;
            return this;
        }

        public Builder streaming(boolean streaming) {
            this.streaming = streaming;
            return this;
        }

        public Builder verbose(boolean verbose) {
            this.verbose = verbose;
            return this;
        }

        public Builder keepAlive(@Nullable Duration keepAlive) {
            this.keepAlive = keepAlive;
            return this;
        }

        public Builder parameters(JsonObject parameters) {
            this.parameters = Objects.requireNonNull(parameters, "parameters");
            return this;
        }

        public Builder caller(Caller caller) {
            this.caller = Objects.requireNonNull(caller, "caller");
            return this;
        }

        public Builder cancellation(Cancellation cancellation) {
            this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
            return this;
        }

        public Builder retries(RetryBudget retries) {
            this.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /** The time that the request may take from now on; null for no limit. */
        public Builder timeLimit(@Nullable Duration limit) {
            deadline = limit == null ? null : System.nanoTime() + limit.toNanos();
            return this;
        }

        public GenerationRequest build() {
            return new GenerationRequest(this);
        }
    }
}
