package dev.bindery.benchmarks.report;

import java.util.Locale;

/** Figures as people read them. */
public final class Unit {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private Unit() {}

    public static String seconds(long nanos) {
        return format("%.2f s", nanos / 1e9);
    }

    /** Milliseconds with three digits that mean something. */
    public static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return format(Math.abs(millis) < 10 ? "%.3f ms" : "%.1f ms", millis);
    }

    public static String megabytes(long bytes) {
        return format("%.0f MB", bytes / BYTES_PER_MEGABYTE);
    }

    public static String perSecond(double rate) {
        return format("%.0f/s", rate);
    }

    public static String micros(double micros) {
        return format("%.0f µs", micros);
    }

    /** A ratio to something else in the same run. */
    public static String ratio(double ratio) {
        return format("%.2f", ratio);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
