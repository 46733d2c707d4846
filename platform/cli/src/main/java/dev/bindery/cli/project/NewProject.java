package dev.bindery.cli.project;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that a binding begins with: a Maven project that builds, passes the contract's suite,
 * and answers.
 *
 * @param kind what it begins as
 * @param version of Bindery
 * @param repository where Maven finds Bindery's own artifacts; empty where it knows them anyway
 */
public record NewProject(ProjectName name, Kind kind, String version, Optional<Path> repository) {
    /** What there is to begin with. */
    public enum Kind {
        /** It answers by itself. */
        PLAIN,
        /** It asks a provider over HTTP. */
        HTTP;

        private String folder() {
            return name().toLowerCase(Locale.ROOT) + "/";
        }
    }

    /** Writes them. */
    public List<Path> writeTo(Path folder) throws IOException {
        if (isOccupied(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Map<Path, String> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : places().entrySet()) {
            files.put(folder.resolve(file.getKey()), filled(file.getValue()));
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Files.createDirectories(file.getKey().toAbsolutePath().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
        return List.copyOf(files.keySet());
    }

    private static boolean isOccupied(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Where each template goes. */
    private Map<String, String> places() {
        String code = name.packageName().replace('.', '/') + "/" + name.className();
        Map<String, String> places = new LinkedHashMap<>();
        places.put("pom.xml", "pom.xml");
        places.put("config.yaml", kind.folder() + "config.yaml");
        places.put("logo.svg", "logo.svg");
        places.put("README.md", kind.folder() + "README.md");
        places.put(".gitignore", "gitignore");
        places.put("src/main/java/" + code + ".java", kind.folder() + "Binding.java");
        places.put("src/main/resources/META-INF/services/dev.bindery.api.LlmBinding", "service");
        places.put("src/test/java/" + code + "Test.java", kind.folder() + "BindingTest.java");
        places.put("src/test/java/" + code + "ContractIT.java", kind.folder() + "ContractIT.java");
        if (kind == Kind.HTTP) {
            places.put("src/test/java/" + code + "Format.java", kind.folder() + "Format.java");
        }
        return places;
    }

    private String filled(String template) throws IOException {
        String text = text(template + ".template");
        for (Map.Entry<String, String> value : values().entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return text;
    }

    private Map<String, String> values() throws IOException {
        return Map.of(
                "id",
                name.id(),
                "title",
                name.title(),
                "letter",
                name.title().substring(0, 1),
                "package",
                name.packageName(),
                "class",
                name.className(),
                "version",
                version,
                "libraries",
                text(kind.folder() + "libraries.template"),
                "repositories",
                repository.isEmpty() ? "" : repositories(repository.get()));
    }

    private static String repositories(Path folder) throws IOException {
        return text("repositories.template")
                .replace("{{address}}", folder.toAbsolutePath().toUri().toString());
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = NewProject.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this Bindery has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
