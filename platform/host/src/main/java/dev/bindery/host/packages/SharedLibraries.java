package dev.bindery.host.packages;

import java.util.Set;

/**
 * What every binding takes from the host. A second copy in a binding's library folder would be
 * another set of classes of the same names, so none is ever put there.
 */
final class SharedLibraries {
    private static final Set<String> GROUPS =
            Set.of(
                    "dev.bindery",
                    "com.squareup.okhttp3",
                    "com.squareup.okio",
                    "org.jetbrains.kotlin",
                    "tools.jackson.core",
                    "org.slf4j",
                    "org.jspecify",
                    "org.apiguardian");
    private static final String ANNOTATIONS = "com.fasterxml.jackson.core:jackson-annotations";

    private SharedLibraries() {}

    static boolean contains(String group, String artifact) {
        return GROUPS.contains(group) || ANNOTATIONS.equals(group + ":" + artifact);
    }
}
