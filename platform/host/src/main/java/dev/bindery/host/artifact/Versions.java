package dev.bindery.host.artifact;

import java.util.List;

/** The order of semantic versions (semver.org 2.0.0, section 11); build metadata do not count. */
public final class Versions {
    private Versions() {}

    public static int compare(String left, String right) {
        String a = withoutBuild(left);
        String b = withoutBuild(right);
        int order = compareParts(core(a), core(b), "0");
        return order != 0 ? order : comparePreReleases(preRelease(a), preRelease(b));
    }

    private static String withoutBuild(String version) {
        int plus = version.indexOf('+');
        return plus < 0 ? version : version.substring(0, plus);
    }

    private static List<String> core(String version) {
        int dash = version.indexOf('-');
        return List.of((dash < 0 ? version : version.substring(0, dash)).split("\\."));
    }

    private static String preRelease(String version) {
        int dash = version.indexOf('-');
        return dash < 0 ? "" : version.substring(dash + 1);
    }

    private static int comparePreReleases(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        return compareParts(List.of(a.split("\\.")), List.of(b.split("\\.")), "");
    }

    private static int compareParts(List<String> a, List<String> b, String absent) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order =
                    comparePart(i < a.size() ? a.get(i) : absent, i < b.size() ? b.get(i) : absent);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePart(String a, String b) {
        boolean numberA = a.matches("[0-9]{1,18}");
        boolean numberB = b.matches("[0-9]{1,18}");
        if (numberA && numberB) {
            return Long.compare(Long.parseLong(a), Long.parseLong(b));
        }
        if (a.isEmpty() || b.isEmpty() || numberA == numberB) {
            return a.compareTo(b);
        }
        return numberA ? -1 : 1;
    }
}
