package dev.bindery.benchmarks.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waits for the line by which a process says that it is ready, and drains what follows. */
final class ReadyLine {
    private static final Pattern READY = Pattern.compile(".* ready on http://[^:]+:(\\d+)\\s*");

    private ReadyLine() {}

    /**
     * @return the port that it listens on
     * @throws IOException with all that the process has said, when it ends without that line
     */
    static int await(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                Thread.ofVirtual().start(() -> drain(output));
                return Integer.parseInt(ready.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IOException("a process ended before it was ready; it said:\n" + said);
    }

    /** A process that nobody listens to would stop at a full pipe. */
    private static void drain(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException _) {
            // the process has been ended
        }
    }
}
