package dev.bindery.openai;

import dev.bindery.http.ImageLimit;
import java.util.List;
import java.util.Set;

/**
 * How a server differs from OpenAI, and what the operator wants of it; all of it data. Immutable.
 */
public final class OpenAiOptions {
    /** OpenAI's own ways. */
    public static final OpenAiOptions OPENAI = builder().build();

    private final List<String> models;
    private final int maxTokens;
    private final String chatLimitField;
    private final String developer;
    private final List<String> extendedSampling;
    private final Set<String> forwardParameters;
    private final boolean returnReasoning;
    private final boolean streamUsage;
    private final String embeddingFormat;
    private final ImageLimit imageLimit;

    private OpenAiOptions(Builder builder) {
        models = List.copyOf(builder.models);
        maxTokens = builder.maxTokens;
        chatLimitField = builder.chatLimitField;
        developer = builder.developer;
        extendedSampling = List.copyOf(builder.extendedSampling);
        forwardParameters = Set.copyOf(builder.forwardParameters);
        returnReasoning = builder.returnReasoning;
        streamUsage = builder.streamUsage;
        embeddingFormat = builder.embeddingFormat;
        imageLimit = builder.imageLimit;
    }

    /** A builder with OpenAI's own ways. */
    public static Builder builder() {
        return new Builder();
    }

    List<String> models() {
        return models;
    }

    int maxTokens() {
        return maxTokens;
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

    boolean returnReasoning() {
        return returnReasoning;
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
        private List<String> models = List.of();
        private int maxTokens;
        private String chatLimitField = "max_completion_tokens";
        private String developer = "developer";
        private List<String> extendedSampling = List.of();
        private List<String> forwardParameters = List.of();
        private boolean returnReasoning;
        private boolean streamUsage = true;
        private String embeddingFormat = "base64";
        private ImageLimit imageLimit = new ImageLimit(0);

        private Builder() {}

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

        /** Further fields of requests that the server knows. */
        public Builder forwardParameters(List<String> forwardParameters) {
            this.forwardParameters = forwardParameters;
            return this;
        }

        /** Whether earlier reasoning is sent back. */
        public Builder returnReasoning(boolean returnReasoning) {
            this.returnReasoning = returnReasoning;
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
