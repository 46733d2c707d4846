package dev.bindery.host.checkpoint;

import dev.bindery.api.JsonValue;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A change of a prepared home, and what may answer when it was broken off. */
enum Change {
    UPDATE("two a s1", "three a s1") {
        @Override
        void make(Host host, Path folder) throws IOException {
            host.bindings().install(folder.resolve("three.jar"));
        }
    },
    ROLLBACK("two a s1", "one a s1") {
        @Override
        void make(Host host, Path folder) {
            if (!host.bindings().find("hi").orElseThrow().version().equals("1.0.0")) {
                host.bindings().rollback("hi");
            }
        }
    },
    UNINSTALL("two a s1", Change.GONE) {
        @Override
        void make(Host host, Path folder) throws IOException {
            if (host.bindings().find("hi").isPresent()) {
                host.bindings().uninstall("hi");
            }
        }
    },
    DISABLE("two a s1", Change.GONE) {
        @Override
        void make(Host host, Path folder) {
            host.bindings().disable("hi");
        }
    },
    CONFIGURE("two a s1", "two b s2") {
        @Override
        void make(Host host, Path folder) {
            configure(host, "b", "s2");
        }
    },
    REMOVE_INSTANCE("two a s1", "two none none") {
        @Override
        void make(Host host, Path folder) {
            if (!host.instances().find("hi").orElseThrow().implicit()) {
                host.instances().remove("hi");
            }
        }
    },
    RENAME("two a s1", "two a s1 as hey") {
        @Override
        void make(Host host, Path folder) {
            if (host.instances().find("hi").isPresent()) {
                host.instances().rename("hi", "hey");
            }
        }
    };

    /** The answer of a binding that is not there. */
    static final String GONE = "gone";

    private final String between;
    private final String last;

    /**
     * @param between what may answer besides the old and the new; the old where there is no such
     */
    Change(String between, String last) {
        this.between = between;
        this.last = last;
    }

    /** Makes it; again does no harm. */
    abstract void make(Host host, Path folder) throws IOException;

    /** What may answer after it was broken off. */
    Set<String> answers() {
        return new HashSet<>(List.of("two a s1", between, last));
    }

    /** What answers after it. */
    String last() {
        return last;
    }

    static void configure(Host host, String word, String key) {
        host.instances()
                .configure(
                        "hi",
                        InstanceChange.settings(
                                Map.of("word", JsonValue.of(word), "key", JsonValue.of(key))));
    }

    static HostOptions options(Path folder) {
        return HostOptions.of(folder.resolve("home")).withBundled(folder.resolve("bundled"));
    }

    /** A home in which the second version of a binding serves, over a bundled one. */
    static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("bundled"));
        jar("0.1.0", "bundled").writeTo(folder.resolve("bundled/hi.jar"));
        jar("1.0.0", "one").writeTo(folder.resolve("one.jar"));
        jar("2.0.0", "two").writeTo(folder.resolve("two.jar"));
        jar("3.0.0", "three").writeTo(folder.resolve("three.jar"));
        Host host = EmbeddedHost.start(options(folder));
        try {
            host.awaitSettled();
            host.bindings().install(folder.resolve("one.jar"));
            host.bindings().install(folder.resolve("two.jar"));
            configure(host, "a", "s1");
        } finally {
            host.close(Duration.ZERO);
        }
    }

    private static BindingJar jar(String version, String answer) {
        return BindingJar.generating(
                        "hi",
                        version,
                        "return GenerationResult.of(\"%s \" + context().config().string(\"word\") + \" \" + context().config().string(\"key\"));"
                                .formatted(answer))
                .text(
                        "config.yaml",
                        BindingJar.card(
                                "hi",
                                version,
                                "settings: [{name: word, type: str, value: none}, {name: key, type: str, value: none, secret: true}]"));
    }

    static String answer(HostHome home) {
        if (home.host().models().models().isEmpty()) {
            return GONE;
        }
        return home.host().instances().find("hey").isPresent()
                ? home.ask("hey/m") + " as hey"
                : home.ask("hi/m");
    }
}
