package dev.bindery.api;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model. Everything but the name may be absent; a binding says what it knows
 * and guesses nothing.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class ModelInfo {
    private final String name;
    private final @Nullable String displayName;
    private final @Nullable String description;
    private final boolean installed;
    private final Set<Capability> capabilities;
    private final @Nullable Integer contextLength;
    private final @Nullable Integer maxOutputTokens;
    private final @Nullable Integer embeddingDimensions;
    private final @Nullable Long sizeBytes;
    private final @Nullable String digest;
    private final @Nullable String license;
    private final @Nullable String family;
    private final @Nullable String parameterSize;
    private final @Nullable String quantization;
    private final @Nullable String format;
    private final @Nullable String template;
    private final @Nullable String owner;
    private final @Nullable Instant modified;
    private final @Nullable Price price;
    private final JsonObject metadata;

    private ModelInfo(Builder builder) {
        name = builder.name;
        displayName = builder.displayName;
        description = builder.description;
        installed = builder.installed;
        capabilities = builder.capabilities;
        contextLength = builder.contextLength;
        maxOutputTokens = builder.maxOutputTokens;
        embeddingDimensions = builder.embeddingDimensions;
        sizeBytes = builder.sizeBytes;
        digest = builder.digest;
        license = builder.license;
        family = builder.family;
        parameterSize = builder.parameterSize;
        quantization = builder.quantization;
        format = builder.format;
        template = builder.template;
        owner = builder.owner;
        modified = builder.modified;
        price = builder.price;
        metadata = builder.metadata;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** A model of which only the name is known. */
    public static ModelInfo of(String name) {
        return builder(name).build();
    }

    /** The name by which requests address it, without the instance's prefix. */
    public String name() {
        return name;
    }

    /** A name for people. */
    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    /** What it is and is good for. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Whether it can be used now; false for one that must be pulled first. */
    public boolean installed() {
        return installed;
    }

    /** What it can do; empty when unknown, then the card's hold. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Tokens that prompt and answer may have together. */
    public OptionalInt contextLength() {
        return contextLength == null ? OptionalInt.empty() : OptionalInt.of(contextLength);
    }

    /** The most tokens of one answer. */
    public OptionalInt maxOutputTokens() {
        return maxOutputTokens == null ? OptionalInt.empty() : OptionalInt.of(maxOutputTokens);
    }

    /** The length of its vectors. */
    public OptionalInt embeddingDimensions() {
        return embeddingDimensions == null
                ? OptionalInt.empty()
                : OptionalInt.of(embeddingDimensions);
    }

    /** Its size on disk, or to be fetched, in bytes. */
    public OptionalLong sizeBytes() {
        return sizeBytes == null ? OptionalLong.empty() : OptionalLong.of(sizeBytes);
    }

    /** The sha256 of its file, 64 hex digits. */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    /** Its licence: an SPDX identifier or the provider's words. */
    public Optional<String> license() {
        return Optional.ofNullable(license);
    }

    /** Its architecture or family: llama, gpt-4o, … */
    public Optional<String> family() {
        return Optional.ofNullable(family);
    }

    /** Its number of parameters in the field's short form: 135M, 7B. */
    public Optional<String> parameterSize() {
        return Optional.ofNullable(parameterSize);
    }

    /** Its quantization: Q4_1, F16, … */
    public Optional<String> quantization() {
        return Optional.ofNullable(quantization);
    }

    /** Its file format: gguf, … */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    /** The template that turns a chat into text. */
    public Optional<String> template() {
        return Optional.ofNullable(template);
    }

    /** Whose it is. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** When it was made or last changed. */
    public Optional<Instant> modified() {
        return Optional.ofNullable(modified);
    }

    /** What it costs; the operator may say otherwise. */
    public Optional<Price> price() {
        return Optional.ofNullable(price);
    }

    /** What else the provider says. */
    public JsonObject metadata() {
        return metadata;
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.displayName = displayName;
        builder.description = description;
        builder.installed = installed;
        builder.capabilities = capabilities;
        builder.contextLength = contextLength;
        builder.maxOutputTokens = maxOutputTokens;
        builder.embeddingDimensions = embeddingDimensions;
        builder.sizeBytes = sizeBytes;
        builder.digest = digest;
        builder.license = license;
        builder.family = family;
        builder.parameterSize = parameterSize;
        builder.quantization = quantization;
        builder.format = format;
        builder.template = template;
        builder.owner = owner;
        builder.modified = modified;
        builder.price = price;
        builder.metadata = metadata;
        return builder;
    }

    /**
     * Builds {@link ModelInfo}s; not for several threads. Each method sets what the accessor of its
     * name returns.
     */
    public static final class Builder {
        private String name;
        private @Nullable String displayName;
        private @Nullable String description;
        private boolean installed = true;
        private Set<Capability> capabilities = Set.of();
        private @Nullable Integer contextLength;
        private @Nullable Integer maxOutputTokens;
        private @Nullable Integer embeddingDimensions;
        private @Nullable Long sizeBytes;
        private @Nullable String digest;
        private @Nullable String license;
        private @Nullable String family;
        private @Nullable String parameterSize;
        private @Nullable String quantization;
        private @Nullable String format;
        private @Nullable String template;
        private @Nullable String owner;
        private @Nullable Instant modified;
        private @Nullable Price price;
        private JsonObject metadata = JsonObject.EMPTY;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        public Builder displayName(@Nullable String displayName) {
            this.displayName = displayName;
            return this;
        }

        public Builder description(@Nullable String description) {
            this.description = description;
            return this;
        }

        public Builder installed(boolean installed) {
            this.installed = installed;
            return this;
        }

        public Builder capabilities(Collection<Capability> capabilities) {
            this.capabilities = Set.copyOf(capabilities);
            return this;
        }

        public Builder contextLength(@Nullable Integer contextLength) {
            this.contextLength = contextLength;
            return this;
        }

        public Builder maxOutputTokens(@Nullable Integer maxOutputTokens) {
            this.maxOutputTokens = maxOutputTokens;
            return this;
        }

        public Builder embeddingDimensions(@Nullable Integer embeddingDimensions) {
            this.embeddingDimensions = embeddingDimensions;
            return this;
        }

        public Builder sizeBytes(@Nullable Long sizeBytes) {
            this.sizeBytes = sizeBytes;
            return this;
        }

        public Builder digest(@Nullable String digest) {
            this.digest = digest;
            return this;
        }

        public Builder license(@Nullable String license) {
            this.license = license;
            return this;
        }

        public Builder family(@Nullable String family) {
            this.family = family;
            return this;
        }

        public Builder parameterSize(@Nullable String parameterSize) {
            this.parameterSize = parameterSize;
            return this;
        }

        public Builder quantization(@Nullable String quantization) {
            this.quantization = quantization;
            return this;
        }

        public Builder format(@Nullable String format) {
            this.format = format;
            return this;
        }

        public Builder template(@Nullable String template) {
            this.template = template;
            return this;
        }

        public Builder owner(@Nullable String owner) {
            this.owner = owner;
            return this;
        }

        public Builder modified(@Nullable Instant modified) {
            this.modified = modified;
            return this;
        }

        public Builder price(@Nullable Price price) {
            this.price = price;
            return this;
        }

        public Builder metadata(JsonObject metadata) {
            this.metadata = Objects.requireNonNull(metadata, "metadata");
            return this;
        }

        public ModelInfo build() {
            return new ModelInfo(this);
        }
    }
}
