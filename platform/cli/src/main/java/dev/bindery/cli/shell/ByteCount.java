package dev.bindery.cli.shell;

import java.util.Locale;

/** Says how many bytes there are, for people: in the units of a thousand that disks use. */
public final class ByteCount {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private ByteCount() {}

    public static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double count = bytes / 1000.0;
        int unit = 0;
        while (count >= 999.95 && unit < UNITS.length - 1) {
            count /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", count, UNITS[unit]);
    }
}
