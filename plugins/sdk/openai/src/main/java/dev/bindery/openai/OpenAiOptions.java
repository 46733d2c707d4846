package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UsualSeed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a server differs from OpenAI, and what the operator wants of it; all of it data. Immutable.
 */
public final class OpenAiOptions {
    /** OpenAI's own ways. */
    public static final OpenAiOptions OPENAI = builder().build();

    private static final String MODEL = "{model}";

    private final Provider provider;
    private final Set<Capability> capabilities;
    private final List<String> models;
    private final int maxTokens;
    private final UsualSeed seed;
    private final String chatLimitField;
    private final String developer;
    private final List<String> extendedSampling;
    private final Set<String> forwardParameters;
    private final String reasoningReturn;
    private final boolean streamUsage;
    private final String embeddingFormat;
    private final ImageLimit imageLimit;

    private OpenAiOptions(Builder builder) {
        provider = builder.provider;
        capabilities = Set.copyOf(builder.capabilities);
        models = List.copyOf(builder.models);
        maxTokens = builder.maxTokens;
        seed = builder.seed;
        chatLimitField = builder.chatLimitField;
        developer = builder.developer;
        extendedSampling = List.copyOf(builder.extendedSampling);
        forwardParameters = Set.copyOf(builder.forwardParameters);
        reasoningReturn = builder.reasoningReturn;
        streamUsage = builder.streamUsage;
        embeddingFormat = builder.embeddingFormat;
        imageLimit = builder.imageLimit;
    }

    /** A builder with OpenAI's own ways. */
    public static Builder builder() {
        return builder(Providers.named("openai", ""));
    }

    /** A builder with the ways of a provider, over which goes what else is said. */
    public static Builder builder(Provider provider) {
        return new Builder(provider);
    }

    Provider provider() {
        return provider;
    }

    /** Where an operation is, as the provider has it; a model's name may be part of it. */
    String path(String operation, String usual, String model) {
        String path = provider.path(operation, usual);
        if (!path.contains(MODEL)) {
            return path;
        }
        if (model.matches("\\.{1,2}|.*[/\\\\].*")) {
            throw new BindingException(
                    ErrorCode.MODEL_NOT_FOUND,
                    "%s has no model \"%s\": no name there has a slash"
                            .formatted(provider.name(), model));
        }
        return path.replace(MODEL, model);
    }

    /** What each of its models is said to be able to do; empty where that is left to the card. */
    Set<Capability> capabilities() {
        Set<Capability> can = new LinkedHashSet<>(capabilities);
        return can.removeAll(provider.lacks()) ? can : Set.of();
    }

    List<String> models() {
        return models;
    }

    int maxTokens() {
        return maxTokens;
    }

    UsualSeed seed() {
        return seed;
    }

    String chatLimitField() {
        return chatLimitField;
    }

    String developer() {
        return developer;
    }

    List<String> extendedSampling() {
        return extendedSampling;
    }

    Set<String> forwardParameters() {
        return forwardParameters;
    }

    String reasoningReturn() {
        return reasoningReturn;
    }

    boolean streamUsage() {
        return streamUsage;
    }

    String embeddingFormat() {
        return embeddingFormat;
    }

    ImageLimit imageLimit() {
        return imageLimit;
    }

    /** Builds {@link OpenAiOptions}; not for several threads. */
    public static final class Builder {
        private final Provider provider;
        private Set<Capability> capabilities = Set.of();
        private List<String> models;
        private int maxTokens;
        private UsualSeed seed = UsualSeed.NONE;
        private String chatLimitField;
        private String developer;
        private List<String> extendedSampling;
        private List<String> forwardParameters;
        private String reasoningReturn;
        private boolean streamUsage;
        private String embeddingFormat;
        private ImageLimit imageLimit = new ImageLimit(0);

        private Builder(Provider provider) {
            this.provider = provider;
            models = provider.models();
            chatLimitField = provider.limitField();
            developer = provider.developerRole();
            extendedSampling = provider.sampling();
            forwardParameters = provider.parameters();
            reasoningReturn = provider.reasoningReturn();
            streamUsage = provider.streamUsage();
            embeddingFormat = provider.embeddingFormat();
        }

        /** What the card says that the binding can do; the provider's models can no more. */
        public Builder capabilities(Set<Capability> capabilities) {
            this.capabilities = capabilities;
            return this;
        }

        /** The models' names, for a server that does not list them; empty to ask it. */
        public Builder models(List<String> models) {
            this.models = models;
            return this;
        }

        /** Tokens of an answer at the most where a request does not say; 0 for none. */
        public Builder maxTokens(int maxTokens) {
            this.maxTokens = maxTokens;
            return this;
        }

        /** The seed of requests that name none. */
        public Builder seed(UsualSeed seed) {
            this.seed = seed;
            return this;
        }

        /** What the limit of an answer's length is called in chats. */
        public Builder chatLimitField(String chatLimitField) {
            this.chatLimitField = chatLimitField;
            return this;
        }

        /** The name of the role under which developers speak. */
        public Builder developer(String developer) {
            this.developer = developer;
            return this;
        }

        /** Sampling parameters beyond OpenAI's that the server knows, by its names for them. */
        public Builder extendedSampling(List<String> extendedSampling) {
            this.extendedSampling = extendedSampling;
            return this;
        }

        /** Fields of requests that the server knows beside those that are known of the provider. */
        public Builder forwardParameters(List<String> more) {
            forwardParameters =
                    Stream.concat(provider.parameters().stream(), more.stream()).toList();
            return this;
        }

        /** Whether earlier reasoning is sent back, in the provider's form where it has one. */
        public Builder returnReasoning(boolean returnReasoning) {
            if (!returnReasoning) {
                reasoningReturn = ReasoningReturn.NONE;
            } else if (reasoningReturn.equals(ReasoningReturn.NONE)) {
                reasoningReturn = ReasoningReturn.CONTENT;
            }
            return this;
        }

        /** Whether token counts are asked for in streams. */
        public Builder streamUsage(boolean streamUsage) {
            this.streamUsage = streamUsage;
            return this;
        }

        /** {@code base64} or {@code float}. */
        public Builder embeddingFormat(String embeddingFormat) {
            this.embeddingFormat = embeddingFormat;
            return this;
        }

        /** How wide images are sent. */
        public Builder imageLimit(ImageLimit imageLimit) {
            this.imageLimit = imageLimit;
            return this;
        }

        public OpenAiOptions build() {
            return new OpenAiOptions(this);
        }
    }
}
