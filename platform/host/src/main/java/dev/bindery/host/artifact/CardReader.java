package dev.bindery.host.artifact;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingType;
import dev.bindery.api.Capability;
import dev.bindery.api.CommandInfo;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.Isolation;
import dev.bindery.api.ModelPolicy;
import dev.bindery.api.RequiredPackage;
import dev.bindery.api.SettingType;
import dev.bindery.api.Swap;
import dev.bindery.api.Threads;
import dev.bindery.host.document.YamlDocument;
import dev.bindery.host.document.YamlFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the text of a config.yaml into a {@link BindingCard}. */
public final class CardReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final Pattern VERSION =
            Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
    private static final Pattern CAPABILITY = Pattern.compile("[a-z][a-z0-9_]{1,39}");
    private static final Pattern COORDINATES = Pattern.compile("[^:\\s]+:[^:\\s]+:[^:\\s]+");
    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "author",
                    "version",
                    "description",
                    "url",
                    "license",
                    "id",
                    "type",
                    "api",
                    "uses",
                    "capabilities",
                    "models",
                    "isolation",
                    "process",
                    "threads",
                    "swap",
                    "concurrency",
                    "requires",
                    "settings",
                    "commands");

    private final YamlFields fields;

    private CardReader(YamlFields fields) {
        this.fields = fields;
    }

    /**
     * @throws dev.bindery.host.document.DocumentException naming line, field, what was found and
     *     what is allowed
     */
    public static BindingCard read(String text) {
        return new CardReader(YamlDocument.parse("config.yaml", text).fields()).card();
    }

    private BindingCard card() {
        fields.allowOnly(FIELDS);
        ConfigTemplate settings = template(SettingsReader.entries(fields, "settings"));
        return BindingCard.builder(
                        id(),
                        fields.requiredText("name"),
                        fields.requiredText("author"),
                        version(),
                        fields.requiredText("description"),
                        fields.requiredText("url"),
                        fields.requiredText("license"))
                .type(oneOf("type", BindingType.values(), BindingType::yamlName))
                .api(range("api", fields.text("api").orElse(">=1 <2")))
                .uses(uses())
                .capabilities(capabilities())
                .models(oneOf("models", ModelPolicy.values(), ModelPolicy::yamlName))
                .isolation(oneOf("isolation", Isolation.values(), Isolation::yamlName))
                .command(ProgramReader.command(fields))
                .threads(oneOf("threads", Threads.values(), Threads::yamlName))
                .swap(oneOf("swap", Swap.values(), Swap::yamlName))
                .concurrency(concurrency())
                .packages(packages())
                .settings(settings)
                .commands(commands(settings))
                .build();
    }

    private String id() {
        String id = fields.text("id").orElseGet(() -> idOf(fields.requiredText("name")));
        if (!ID.matcher(id).matches()) {
            throw fields.problem(
                    fields.names().contains("id") ? "id" : "name",
                    "found `%s`, expected an id of 2 to 40 lower case letters, digits and hyphens, beginning with a letter"
                            .formatted(id));
        }
        return id;
    }

    /**
     * The id of a name: a hyphen before each capital that follows a lower case letter or a digit,
     * all in lower case, everything but letters and digits a hyphen, none doubled or at the ends.
     */
    static String idOf(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private String version() {
        String version = fields.requiredText("version");
        if (!VERSION.matcher(version).matches()) {
            throw fields.problem(
                    "version",
                    "found `%s`, expected a semantic version such as 1.0.0".formatted(version));
        }
        return version;
    }

    private <E> E oneOf(String field, E[] values, Function<E, String> name) {
        String found = fields.text(field).orElse(name.apply(values[0]));
        return Arrays.stream(values)
                .filter(value -> name.apply(value).equals(found))
                .findFirst()
                .orElseThrow(() ->
                        fields.problem(
                                field,
                                "found `%s`, allowed: %s"
                                        .formatted(
                                                found,
                                                Arrays.stream(values)
                                                        .map(name)
                                                        .collect(Collectors.joining(", ")))));
    }

    private String range(String field, String range) {
        try {
            return VersionRange.parse(range).toString();
        } catch (IllegalArgumentException e) {
            throw fields.problem(field, e.getMessage());
        }
    }

    private Map<String, String> uses() {
        Map<String, String> uses = new LinkedHashMap<>();
        fields.map("uses")
                .ifPresent(map ->
                        map.names()
                                .forEach(name ->
                                        uses.put(name, range("uses", map.requiredText(name)))));
        return uses;
    }

    private Set<Capability> capabilities() {
        Set<Capability> capabilities = new HashSet<>();
        for (String name : fields.texts("capabilities")) {
            if (!CAPABILITY.matcher(name).matches()) {
                throw fields.problem(
                        "capabilities", "found `%s`, expected names such as chat".formatted(name));
            }
            capabilities.add(new Capability(name));
        }
        return capabilities.isEmpty()
                ? Set.of(Capability.CHAT, Capability.COMPLETION, Capability.STREAM)
                : capabilities;
    }

    private int concurrency() {
        long concurrency = fields.whole("concurrency").orElse(64L);
        if (concurrency < 1 || concurrency > 100_000) {
            throw fields.problem(
                    "concurrency", "found %d, expected 1 to 100000".formatted(concurrency));
        }
        return (int) concurrency;
    }

    private List<RequiredPackage> packages() {
        YamlFields requires = fields.map("requires").orElse(null);
        if (requires == null) {
            return List.of();
        }
        requires.allowOnly(List.of("packages"));
        return requires.maps("packages").stream().map(CardReader::requiredPackage).toList();
    }

    private static RequiredPackage requiredPackage(YamlFields fields) {
        fields.allowOnly(List.of("maven", "sha256"));
        String maven = fields.requiredText("maven");
        if (!COORDINATES.matcher(maven).matches()) {
            throw fields.problem(
                    "maven", "found `%s`, expected group:artifact:version".formatted(maven));
        }
        return new RequiredPackage(maven, fields.text("sha256"));
    }

    /** Those that are declared, and one for each button that has none. */
    private List<CommandInfo> commands(ConfigTemplate settings) {
        List<CommandInfo> commands = new ArrayList<>();
        fields.maps("commands").stream().map(this::command).forEach(commands::add);
        for (ConfigEntry entry : settings.entries()) {
            boolean declared =
                    commands.stream().anyMatch(command -> command.name().equals(entry.name()));
            if (entry.type() == SettingType.BTN && !declared) {
                commands.add(CommandInfo.builder(entry.name()).help(entry.help()).build());
            }
        }
        return commands;
    }

    private CommandInfo command(YamlFields command) {
        command.allowOnly(List.of("name", "help", "parameters"));
        return CommandInfo.builder(command.requiredText("name"))
                .help(command.text("help").orElse(""))
                .parameters(template(SettingsReader.entries(command, "parameters")))
                .build();
    }

    private ConfigTemplate template(List<dev.bindery.api.ConfigEntry> entries) {
        try {
            return ConfigTemplate.of(entries);
        } catch (IllegalArgumentException e) {
            throw fields.problem("settings", e.getMessage());
        }
    }
}
