package dev.bindery.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command of the assembled distribution, working on one home. */
public record Command(Path home) {
    public static final String DISTRIBUTION = System.getProperty("distribution");

    /** What came of a run; output and errors together. */
    public record Result(int exit, String output) {}

    /** Starts it; what it prints goes into a file. */
    Process start(Path log, String... arguments) throws IOException {
        return start(log, Map.of(), arguments);
    }

    /**
     * @param variables of its environment, beside the usual ones
     */
    Process start(Path log, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(DISTRIBUTION + "/bin/bindery"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BINDERY_"));
        builder.environment().put("BINDERY_HOME", home.toString());
        builder.environment().put("BINDERY_ARCHIVE", "off");
        builder.environment().put("BINDERY_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(new File("/dev/null"));
        return builder.start();
    }

    public Result run(String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile("bindery", ".log");
        try {
            Process process = start(log, arguments);
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running: " + String.join(" ", arguments));
            }
            return new Result(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            Files.delete(log);
        }
    }
}
