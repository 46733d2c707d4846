package dev.bindery.cli.settings;

import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonString;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.host.document.DocumentException;
import dev.bindery.host.document.YamlDocument;
import dev.bindery.host.document.YamlFields;
import dev.bindery.host.document.YamlText;
import dev.bindery.server.options.HostName;
import dev.bindery.server.options.WebOrigin;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What {@code conf/bindery.yaml} chooses for the host of its home. */
public final class FileSettings {
    private static final List<String> FIELDS =
            List.of(
                    "host",
                    "port",
                    "allow_host",
                    "allow_origin",
                    "fetch",
                    "allow_fetch",
                    "tls",
                    "grace_s",
                    "access_log",
                    "model");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(api[_-]?keys?|token|secret|passw|credential).*");
    private static final int LAST_PORT = 65_535;

    private final Path file;
    private final YamlFields fields;

    private FileSettings(Path file, String text) {
        this.file = file;
        this.fields = YamlDocument.parse(file.toString(), text).fields();
    }

    /**
     * @param file where it may be; where it is not, nothing is chosen
     * @throws CommandFailure naming file, line and field of what is wrong, and what is allowed
     */
    public static RunSettings of(Path file) {
        try {
            return new FileSettings(file, YamlText.read(file.toString(), file)).read();
        } catch (NoSuchFileException _) {
            return new FileSettings(file, "").read();
        } catch (IOException e) {
            throw new CommandFailure("%s cannot be read: %s".formatted(file, e), e);
        } catch (DocumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private RunSettings read() {
        fields.names().forEach(this::refuseSecret);
        fields.allowOnly(FIELDS);
        Optional<Boolean> speaksTls = speaksTls();
        Optional<YamlFields> tls = speaksTls.isPresent() ? Optional.empty() : fields.map("tls");
        tls.ifPresent(map -> map.allowOnly(List.of("cert", "key")));
        return new RunSettings(
                fields.text("host"),
                number("port", LAST_PORT),
                texts("allow_host", HostName::of),
                texts("allow_origin", WebOrigin::of),
                fields.flag("fetch"),
                texts("allow_fetch", HostName::of),
                speaksTls,
                tls.flatMap(map -> path(map, "cert")),
                tls.flatMap(map -> path(map, "key")),
                number("grace_s", Integer.MAX_VALUE).map(Duration::ofSeconds),
                fields.flag("access_log"),
                fields.flag("model"));
    }

    /** In the place of its files, {@code tls} may say that it is off, whatever comes with it. */
    private Optional<Boolean> speaksTls() {
        return switch (fields.value("tls")) {
            case JsonBoolean flag -> Optional.of(flag.value());
            case JsonString text when text.value().equals("off") -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private void refuseSecret(String name) {
        if (SECRET.matcher(name).matches()) {
            throw fields.problem(
                    name,
                    "no secret belongs into this file. API keys are made with `bindery keys add"
                            + " NAME`, or given in BINDERY_API_KEYS_FILE; the admin token lies in"
                            + " admin.token, or is given in BINDERY_ADMIN_TOKEN_FILE");
        }
    }

    private Optional<Integer> number(String name, int most) {
        Optional<Long> number = fields.whole(name);
        number.filter(value -> value < 0 || value > most)
                .ifPresent(value -> {
                    throw fields.problem(name, "found %d, expected 0 to %d".formatted(value, most));
                });
        return number.map(Long::intValue);
    }

    private Optional<Set<String>> texts(String name, UnaryOperator<String> check) {
        if (!fields.names().contains(name)) {
            return Optional.empty();
        }
        try {
            Set<String> texts = new LinkedHashSet<>();
            fields.texts(name).forEach(text -> texts.add(check.apply(text)));
            return Optional.of(texts);
        } catch (IllegalArgumentException e) {
            throw fields.problem(name, e.getMessage());
        }
    }

    /** Relative to the file's own folder, wherever the host is started from. */
    private Optional<Path> path(YamlFields tls, String name) {
        Optional<String> text = tls.text(name);
        if (text.filter(value -> value.contains("-----BEGIN")).isPresent()) {
            throw tls.problem(name, "expected a file's name, found what such a file holds");
        }
        try {
            return text.map(value -> file.resolveSibling(value).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw tls.problem(name, "cannot be a file's name: " + e.getReason());
        }
    }
}
