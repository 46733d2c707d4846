package dev.bindery.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Who a binding is and what it needs: its {@code config.yaml}, the guide's six fields and what
 * Bindery adds. Readable without running any code of the binding.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class BindingCard {
    private final String id;
    private final String name;
    private final String author;
    private final String version;
    private final String description;
    private final String url;
    private final String license;
    private final BindingType type;
    private final String api;
    private final Map<String, String> uses;
    private final Set<Capability> capabilities;
    private final ModelPolicy models;
    private final Isolation isolation;
    private final List<String> command;
    private final Threads threads;
    private final Swap swap;
    private final int concurrency;
    private final List<RequiredPackage> packages;
    private final ConfigTemplate settings;
    private final List<CommandInfo> commands;

    private BindingCard(Builder builder) {
        id = builder.id;
        name = builder.name;
        author = builder.author;
        version = builder.version;
        description = builder.description;
        url = builder.url;
        license = builder.license;
        type = builder.type;
        api = builder.api;
        uses = Map.copyOf(builder.uses);
        capabilities = builder.capabilities;
        models = builder.models;
        isolation = builder.isolation;
        command = builder.command;
        threads = builder.threads;
        swap = builder.swap;
        concurrency = builder.concurrency;
        packages = builder.packages;
        settings = builder.settings;
        commands = builder.commands;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(
            String id,
            String name,
            String author,
            String version,
            String description,
            String url,
            String license) {
        return new Builder(id, name, author, version, description, url, license);
    }

    /** What it is known by in folders and addresses: {@code [a-z][a-z0-9-]{1,39}}. */
    public String id() {
        return id;
    }

    /** Its name, for people. */
    public String name() {
        return name;
    }

    /** Who wrote it. */
    public String author() {
        return author;
    }

    /** Its version: semantic, as in semver.org 2.0.0. */
    public String version() {
        return version;
    }

    /** What it connects, in a sentence. */
    public String description() {
        return description;
    }

    /** Where to read more. */
    public String url() {
        return url;
    }

    /** Its licence. */
    public String license() {
        return license;
    }

    /** What goes in and comes out. */
    public BindingType type() {
        return type;
    }

    /** The versions of this contract that it works with. */
    public String api() {
        return api;
    }

    /** Shared libraries that it takes from the host: name and versions. */
    public Map<String, String> uses() {
        return uses;
    }

    /**
     * What it can do; what is not here is refused before it is called. A config.yaml without any
     * means chat, completion and stream.
     */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Which model names are passed on. */
    public ModelPolicy models() {
        return models;
    }

    /** Where its code runs. */
    public Isolation isolation() {
        return isolation;
    }

    /**
     * The program that is the binding, with its arguments, for one that is not written for the JVM;
     * empty for one that is. A word that begins with {@code program/} is a file of the jar. Needs
     * {@link Isolation#PROCESS}.
     */
    public List<String> command() {
        return command;
    }

    /** What kind of threads its calls run on. */
    public Threads threads() {
        return threads;
    }

    /** How a new version takes over. */
    public Swap swap() {
        return swap;
    }

    /** The most calls at once for each instance. */
    public int concurrency() {
        return concurrency;
    }

    /** Artifacts that must be installed before it starts. */
    public List<RequiredPackage> packages() {
        return packages;
    }

    /** Its settings. */
    public ConfigTemplate settings() {
        return settings;
    }

    /** Its commands. */
    public List<CommandInfo> commands() {
        return commands;
    }

    /** Whether the card declares that. */
    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(id, name, author, version, description, url, license);
        builder.type = type;
        builder.api = api;
        builder.uses = uses;
        builder.capabilities = capabilities;
        builder.models = models;
        builder.isolation = isolation;
        builder.command = command;
        builder.threads = threads;
        builder.swap = swap;
        builder.concurrency = concurrency;
        builder.packages = packages;
        builder.settings = settings;
        builder.commands = commands;
        return builder;
    }

    /**
     * Builds {@link BindingCard}s; not for several threads. Each method sets what the accessor of
     * its name returns.
     */
    public static final class Builder {
        private String id;
        private String name;
        private String author;
        private String version;
        private String description;
        private String url;
        private String license;
        private BindingType type = BindingType.TEXT;
        private String api = ">=1 <2";
        private Map<String, String> uses = Map.of();
        private Set<Capability> capabilities = Set.of();
        private ModelPolicy models = ModelPolicy.OPEN;
        private Isolation isolation = Isolation.CLASSLOADER;
        private List<String> command = List.of();
        private Threads threads = Threads.PLATFORM;
        private Swap swap = Swap.OVERLAP;
        private int concurrency = 64;
        private List<RequiredPackage> packages = List.of();
        private ConfigTemplate settings = ConfigTemplate.EMPTY;
        private List<CommandInfo> commands = List.of();

        private Builder(
                String id,
                String name,
                String author,
                String version,
                String description,
                String url,
                String license) {
            this.id = Objects.requireNonNull(id, "id");
            this.name = Objects.requireNonNull(name, "name");
            this.author = Objects.requireNonNull(author, "author");
            this.version = Objects.requireNonNull(version, "version");
            this.description = Objects.requireNonNull(description, "description");
            this.url = Objects.requireNonNull(url, "url");
            this.license = Objects.requireNonNull(license, "license");
        }

        public Builder id(String id) {
            this.id = Objects.requireNonNull(id, "id");
            return this;
        }

        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        public Builder author(String author) {
            this.author = Objects.requireNonNull(author, "author");
            return this;
        }

        public Builder version(String version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        public Builder url(String url) {
            this.url = Objects.requireNonNull(url, "url");
            return this;
        }

        public Builder license(String license) {
            this.license = Objects.requireNonNull(license, "license");
            return this;
        }

        public Builder type(BindingType type) {
            this.type = Objects.requireNonNull(type, "type");
            return this;
        }

        public Builder api(String api) {
            this.api = Objects.requireNonNull(api, "api");
            return this;
        }

        public Builder uses(Map<String, String> uses) {
            this.uses = Objects.requireNonNull(uses, "uses");
            return this;
        }

        public Builder capabilities(Collection<Capability> capabilities) {
            this.capabilities = Set.copyOf(capabilities);
            return this;
        }

        public Builder models(ModelPolicy models) {
            this.models = Objects.requireNonNull(models, "models");
            return this;
        }

        public Builder isolation(Isolation isolation) {
            this.isolation = Objects.requireNonNull(isolation, "isolation");
            return this;
        }

        public Builder command(List<String> command) {
            this.command = List.copyOf(command);
            return this;
        }

        public Builder threads(Threads threads) {
            this.threads = Objects.requireNonNull(threads, "threads");
            return this;
        }

        public Builder swap(Swap swap) {
            this.swap = Objects.requireNonNull(swap, "swap");
            return this;
        }

        public Builder concurrency(int concurrency) {
            this.concurrency = concurrency;
            return this;
        }

        public Builder packages(List<RequiredPackage> packages) {
            this.packages = List.copyOf(packages);
            return this;
        }

        public Builder settings(ConfigTemplate settings) {
            this.settings = Objects.requireNonNull(settings, "settings");
            return this;
        }

        public Builder commands(List<CommandInfo> commands) {
            this.commands = List.copyOf(commands);
            return this;
        }

        public BindingCard build() {
            return new BindingCard(this);
        }
    }
}
