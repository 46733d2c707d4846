package dev.bindery.cli.shell;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far long work is: a bar that moves on a terminal, a line for each tenth elsewhere. For
 * one thread at a time.
 */
public final class ProgressDisplay implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int BAR = 30;

    private final PrintWriter out;
    private final boolean moving;
    private final int columns;
    private String shown = "";

    public ProgressDisplay(PrintWriter out, boolean moving, int columns) {
        this.out = out;
        this.moving = moving;
        this.columns = columns;
    }

    /** On the shell's error stream, so that output stays what was asked for. */
    public static ProgressDisplay on(Shell shell) {
        return new ProgressDisplay(shell.err(), shell.terminal().err(), shell.terminal().columns());
    }

    /**
     * @param status what is being done
     * @param completed how much is done, in bytes
     * @param total how much there is; 0 when unknown
     */
    public void show(String status, long completed, long total) {
        String line = moving ? bar(status, completed, total) : step(status, completed, total);
        if (line.equals(shown)) {
            return;
        }
        shown = line;
        if (moving) {
            out.print(CLEAR_LINE + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Leaves a clean line for what comes next. */
    @Override
    public void close() {
        if (moving && !shown.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        shown = "";
    }

    private String bar(String status, long completed, long total) {
        if (total <= 0) {
            return cut(completed > 0 ? status + "  " + ByteCount.of(completed) : status);
        }
        int filled = (int) (BAR * Math.min(completed, total) / total);
        String bar = "#".repeat(filled) + ".".repeat(BAR - filled);
        return cut(
                String.format(
                        Locale.ROOT,
                        "[%s] %3d%%  %s of %s  %s",
                        bar,
                        percent(completed, total),
                        ByteCount.of(completed),
                        ByteCount.of(total),
                        status));
    }

    private static String step(String status, long completed, long total) {
        if (total <= 0) {
            return status;
        }
        long tenth = percent(completed, total) / 10 * 10;
        return status + "  " + tenth + "% of " + ByteCount.of(total);
    }

    private static long percent(long completed, long total) {
        return 100 * Math.min(completed, total) / total;
    }

    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }
}
