package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.testkit.BindingUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The instances beside a binding that is verified, as they were given on the command line. */
final class GivenOthers {
    private static final Pattern NAMED = Pattern.compile("([a-z][a-z0-9-]*)=(.+)");
    private static final Pattern FILE = Pattern.compile("([a-z][a-z0-9-]*?)(?:-[0-9][^/]*)?\\.jar");

    private final Map<String, Path> jars = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

    private GivenOthers() {}

    /**
     * @param written {@code NAME=JAR}, or a file whose name tells
     * @param misuse what to throw for a complaint
     */
    static GivenOthers of(List<String> written, Function<String, ParameterException> misuse) {
        GivenOthers given = new GivenOthers();
        for (String one : written) {
            Matcher named = NAMED.matcher(one);
            Path jar = Path.of(named.matches() ? named.group(2) : one);
            Matcher file = FILE.matcher(String.valueOf(jar.getFileName()));
            if (!Files.isRegularFile(jar)) {
                throw misuse.apply(jar + " is not a file; --with takes the jar of a binding.");
            }
            if (!named.matches() && !file.matches()) {
                throw misuse.apply(
                        "%s does not tell a name for an instance; write --with NAME=%s"
                                .formatted(jar.getFileName(), jar));
            }
            String name = named.matches() ? named.group(1) : file.group(1);
            if (given.jars.put(name, jar) != null) {
                throw misuse.apply(
                        "two of --with are called %s; write --with NAME=%s".formatted(name, jar));
            }
        }
        return given;
    }

    /** Takes what is theirs, and leaves those of the binding itself. */
    Map<String, String> take(ObjectNode assigned) {
        Map<String, String> own = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : assigned.properties()) {
            String name = one.getKey();
            String value = Json.text(one.getValue());
            int dot = name.indexOf('.');
            if (dot > 0 && jars.containsKey(name.substring(0, dot))) {
                settings.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), value);
            } else {
                own.put(name, value);
            }
        }
        return own;
    }

    /** Has them in the same host, where the binding may ask them. */
    void addTo(BindingUnderTest subject) {
        jars.forEach(
                (name, jar) -> subject.companion(name, jar, settings.getOrDefault(name, Map.of())));
        subject.calls(jars.keySet().toArray(String[]::new));
    }
}
