package dev.bindery.cli.project;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Which Java Maven takes by itself: that of {@code JAVA_HOME}, else that of the {@code PATH}. */
public final class MavenJava {
    private static final int NEEDED = 25;

    private final Map<String, String> environment;
    private final Path found;

    /**
     * @param found the Java that this program runs on, which is new enough
     */
    public MavenJava(Map<String, String> environment, Path found) {
        this.environment = environment;
        this.found = found;
    }

    /** What to write before {@code mvn}, so that it takes a Java that is new enough. */
    public String prefix() {
        if (taken().filter(java -> version(java) >= NEEDED).isPresent()) {
            return "";
        }
        boolean compiles = isTool(found, "javac");
        return "JAVA_HOME=%s ".formatted(compiles ? quoted(found) : "THE-FOLDER-OF-A-JDK-25");
    }

    private Optional<Path> taken() {
        String home = environment.getOrDefault("JAVA_HOME", "");
        if (!home.isBlank()) {
            return Optional.of(Path.of(home));
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "java"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(MavenJava::home);
    }

    private static Optional<Path> home(Path java) {
        try {
            return Optional.ofNullable(java.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** As the Java itself says in the file that each has; 0 where there is none. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Integer.parseInt(version.split("[^0-9]", 2)[0]);
        } catch (IOException | IllegalArgumentException _) {
            return 0;
        }
    }

    private static boolean isTool(Path home, String tool) {
        return Files.isExecutable(home.resolve("bin").resolve(tool));
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w/.+@:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
