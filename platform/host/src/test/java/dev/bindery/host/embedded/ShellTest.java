package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.HostOptions;
import dev.bindery.host.Shell;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.generation.LifecycleLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's shell, on a real host. */
class ShellTest {
    @TempDir Path home;
    @TempDir Path jars;
    private EmbeddedHost host;

    @BeforeEach
    void start() throws IOException {
        host = EmbeddedHost.start(HostOptions.of(home), LifecycleLimits.DEFAULT);
        host.bindings()
                .install(
                        BindingJar.answering("hi", "1.0.0", "hello")
                                .card(
                                        "hi",
                                        "1.0.0",
                                        "settings:",
                                        "  - {name: heat, type: float, value: 0.5, min: 0, max: 1}",
                                        "  - {name: api_key, type: str, secret: true, value: \"\"}")
                                .writeTo(jars.resolve("hi.jar")));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static String run(Shell.Session session, String line) {
        StringBuilder printed = new StringBuilder();
        Optional<String> failure = session.run(line, printed::append);
        assertThat(failure).as(line).isEmpty();
        return printed.toString();
    }

    private static String failure(Shell.Session session, String line) {
        return session.run(line, _ -> {}).orElseThrow();
    }

    @Test
    void bindingsAreShownAndChanged() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(run(session, "list")).contains("hi", "1.0.0", "ACTIVE", "#1");
            assertThat(run(session, "bindery:disable hi")).startsWith("hi: DISABLED");
            assertThat(run(session, "enable hi")).isEqualTo("hi: ACTIVE\n");
            assertThat(run(session, "reload hi")).isEqualTo("hi: ACTIVE\n");
            assertThat(run(session, "info hi")).contains("license", "Apache-2.0");
            assertThat(failure(session, "reload none")).contains("none");
            assertThat(failure(session, "rollback hi")).contains("hi cannot be rolled back");
            assertThat(run(session, "models")).contains("hi/m");
            assertThat(run(session, "status")).contains("1 ACTIVE");
            run(session, "uninstall hi");
            assertThat(run(session, "list")).doesNotContain("hi.jar");
            assertThat(run(session, "install " + jars.resolve("hi.jar"))).isEqualTo("hi: ACTIVE\n");
        }
    }

    @Test
    void instancesAreConfiguredAndSecretsAreNotShown() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(run(session, "config hi heat=0.75 api_key=very-secret"))
                    .contains("0.75")
                    .doesNotContain("very-secret");
            assertThat(run(session, "instances")).contains("hi", "ACTIVE");
            assertThat(run(session, "events -n 1000")).doesNotContain("very-secret");
            assertThat(failure(session, "config hi heat=7")).contains("heat");
        }
    }

    @Test
    void instancesGetLimitsAndOtherNames() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(run(session, "config hi limits.concurrency=3 heat=0.25"))
                    .containsPattern("limits.concurrency +3 ")
                    .contains("0.25");
            assertThat(failure(session, "config hi limits.concurrency=0"))
                    .contains("expected a whole number from 1");
            assertThat(failure(session, "config hi limits.nonsense=1"))
                    .contains("there is no limit nonsense");
            assertThat(run(session, "config --unset limits.concurrency hi"))
                    .doesNotContainPattern("limits.concurrency +3 ");
            assertThat(run(session, "config --unset heat hi")).contains("0.5");
            assertThat(failure(session, "config --rename hey hi heat=1")).contains("by itself");
            assertThat(run(session, "config --rename hey hi")).startsWith("hey (hi): ACTIVE");
            assertThat(run(session, "models")).contains("hey/m");
            assertThat(failure(session, "config hi")).contains("no instance hi");
        }
    }

    @Test
    void whatFelixBringsIsThereToo() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(run(session, "lb")).contains("Apache Felix EventAdmin");
            assertThat(run(session, "list | grep ACTIVE"))
                    .contains("hi")
                    .doesNotContain("STATE", "true");
            assertThat(run(session, "list | grep nothing-like-it")).isEmpty();
            assertThat(run(session, "if { list | grep hi } { echo found }")).contains("found");
            assertThat(run(session, "not { false }")).isEqualTo("true\n");
            assertThat(run(session, "each [a b] { echo $it }")).contains("a").contains("b");
            assertThat(run(session, "help")).contains("bindery:list", "felix:lb");
            assertThat(run(session, "help config")).contains("SETTING=VALUE");
        }
    }

    @Test
    void theHostsOwnBundlesStay() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(failure(session, "stop 0")).contains("the host's own");
            assertThat(failure(session, "felix:stop 1")).contains("the host's own");
            assertThat(failure(session, "felix:uninstall 2")).contains("the host's own");
            assertThat(failure(session, "frameworklevel 0")).contains("own business");
        }
        assertThat(host.bindings().find("hi")).isPresent();
    }

    @Test
    void sessionsHaveVariablesOfTheirOwnAndEndAlone() {
        try (Shell.Session other = host.shell().open()) {
            try (Shell.Session session = host.shell().open()) {
                run(session, "x = one");
                run(other, "x = two");
                assertThat(run(session, "echo $x")).isEqualTo("one\n");
            }
            assertThat(run(other, "echo $x")).isEqualTo("two\n");
            assertThat(run(other, "list")).contains("ACTIVE");
        }
    }

    @Test
    void aLineThatGoesOnForEverIsInterrupted() throws Exception {
        try (Shell.Session session = host.shell().open()) {
            var heard = new CopyOnWriteArrayList<String>();
            CompletableFuture<Optional<String>> line =
                    CompletableFuture.supplyAsync(() -> session.run("events -f", heard::add));
            Wait.until("events are shown", () -> !heard.isEmpty());
            host.bindings().reload("hi");
            Wait.until(
                    "new events are shown",
                    () -> String.join("", heard).contains("binding/UNLOADED hi"));
            session.interrupt();
            line.get(30, TimeUnit.SECONDS);
            assertThat(run(session, "echo still here")).isEqualTo("still here\n");
        }
    }

    @Test
    void wordsAreCompleted() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(session.complete("rel")).extracting("value").containsExactly("reload");
            assertThat(session.complete("reload ")).extracting("value").containsExactly("hi");
            assertThat(session.complete("config hi he"))
                    .extracting("value")
                    .containsExactly("heat=");
            assertThat(session.complete("list | gr")).extracting("value").containsExactly("grep");
        }
    }

    @Test
    void whatIsUnknownIsSaid() {
        try (Shell.Session session = host.shell().open()) {
            assertThat(failure(session, "lisst")).contains("no command lisst");
            assertThat(session.run("echo \"open", _ -> {})).isPresent();
            assertThat(session.run("", _ -> {})).isEmpty();
        }
    }

    @Test
    void nothingOfItIsThereBeforeTheFirstSession() {
        var context = host.felix().context();
        String processor = "org.apache.felix.service.command.CommandProcessor";
        assertThat(context.getServiceReference(processor)).isNull();
        assertThat(System.out.getClass().getName()).doesNotContain("gogo");
        try (Shell.Session _ = host.shell().open()) {
            assertThat(context.getServiceReference(processor)).isNotNull();
            assertThat(System.out.getClass().getName()).contains("gogo");
        }
    }

    @Test
    void theProcesssOwnStreamsComeBackWithTheHostsEnd() {
        PrintStream before = System.out;
        try (Shell.Session session = host.shell().open()) {
            run(session, "list");
        }
        host.close();
        assertThat(System.out).isSameAs(before);
    }
}
