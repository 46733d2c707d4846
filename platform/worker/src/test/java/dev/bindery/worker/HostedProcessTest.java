package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Isolation;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances in processes of their own as a whole host runs them. */
@Timeout(300)
class HostedProcessTest {
    @TempDir Path folder;

    private PuppetHost puppets;

    @BeforeEach
    void start() throws IOException {
        puppets = new PuppetHost(folder);
    }

    @AfterEach
    void stop() {
        puppets.close();
    }

    @Test
    void aJarIsSwappedUnderLoadWithoutAFailedCall() throws IOException {
        install("Puppet", "1.0.0", "process");
        try (PuppetHost.Load load = puppets.load("puppet", 8)) {
            for (int version = 1; version <= 3; version++) {
                BindingStatus status = install("Puppet", "1.0." + version, "process");
                assertThat(status.version()).isEqualTo("1.0." + version);
                load.await(20);
            }
            assertThat(load.failures()).isEmpty();
        }
        assertThat(puppets.host().bindings().find("puppet").orElseThrow().generation())
                .isEqualTo(4);
    }

    @Test
    void aChildOutOfMemoryHarmsNobodyElse() throws IOException {
        install("Glutton", "1.0.0", "process");
        install("Neighbour", "1.0.0", "classloader");
        puppets.place("glutton", "process", "48m");
        try (PuppetHost.Load load = puppets.load("neighbour", 4)) {
            load.await(10);

            assertThatExceptionOfType(BindingException.class)
                    .isThrownBy(() -> puppets.ask("glutton", "exhaust"))
                    .withMessageContaining("a JVM out of memory ends so")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));

            Await.until(() -> health("glutton").equals("tired"));
            assertThat(puppets.ask("glutton", "say well")).isEqualTo("well");
            load.await(10);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void anInstanceIsForcedIntoAProcessAndBackUnderLoad() throws IOException {
        install("Puppet", "1.0.0", "classloader");
        assertThat(instance("puppet").placement().isolation()).contains(Isolation.CLASSLOADER);
        try (PuppetHost.Load load = puppets.load("puppet", 4)) {
            load.await(20);

            InstanceStatus apart = puppets.place("puppet", "process", "96m");

            assertThat(apart.placement())
                    .isEqualTo(new Placement(Optional.of(Isolation.PROCESS), Optional.of("96m")));
            assertThat(puppets.ask("puppet", "property java.io.tmpdir"))
                    .contains("cache/processes/puppet");
            assertThat(Integer.parseInt(puppets.ask("puppet", "heap"))).isBetween(80, 96);
            load.await(20);

            puppets.place("puppet", "process", "");
            assertThat(Integer.parseInt(puppets.ask("puppet", "heap"))).isBetween(450, 512);
            load.await(20);

            puppets.place("puppet", "", "");
            assertThat(puppets.ask("puppet", "property java.io.tmpdir"))
                    .doesNotContain("cache/processes");
            load.await(20);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void theFileSaysItTooAndOutlivesTheHost() throws IOException {
        install("Puppet", "1.0.0", "classloader");
        puppets.place("puppet", "process", "96m");
        Path file = folder.resolve("home/conf/instances/puppet.yaml");
        assertThat(file).content().contains("isolation: process").contains("memory: 96m");

        Files.writeString(file, "# mine\nbinding: puppet\nisolation: process\nmemory: 64m\n");

        Await.until(() -> instance("puppet").placement().memory().equals(Optional.of("64m")));
        Await.until(() -> Integer.parseInt(puppets.ask("puppet", "heap")) <= 64);
        install("Puppet", "1.0.1", "classloader");
        assertThat(Integer.parseInt(puppets.ask("puppet", "heap"))).isLessThanOrEqualTo(64);
    }

    @Test
    void whatCannotBeIsRefusedAndNothingChanges() throws IOException {
        install("Puppet", "1.0.0", "classloader");
        install("Native", "1.0.0", "process");

        refused("puppet", "nowhere", "", "found `nowhere`, allowed: classloader, process");
        refused("puppet", "process", "lots", "memory: found `lots`, expected");
        refused("puppet", "", "64m", "only a process has a bound of its own");
        refused("native", "classloader", "", "native needs a process of its own");
        refused("puppet", "process", "1m", "refused");

        assertThat(instance("puppet").state()).isEqualTo(InstanceState.ACTIVE);
        assertThat(puppets.ask("puppet", "say x")).isEqualTo("x");
        assertThat(instance("puppet").placement().isolation()).contains(Isolation.CLASSLOADER);
    }

    @Test
    void aCallThatIgnoresItsCancellationCountsAndEndsWithItsProcess() throws Exception {
        install("Puppet", "1.0.0", "process");
        cancelDeaf(1);
        Await.until(() -> instance("puppet").stuckCalls() == 1);
        assertThat(puppets.ask("puppet", "say well")).isEqualTo("well");
        assertThat(puppets.host().examine())
                .anySatisfy(found ->
                        assertThat(found.toString())
                                .contains("1 of its calls ignore", "bindery reload puppet"));

        puppets.host().bindings().reload("puppet");

        Await.until(() -> instance("puppet").stuckCalls() == 0);
        assertThat(puppets.ask("puppet", "say well")).isEqualTo("well");

        puppets.limit("puppet", "concurrency", 1);
        cancelDeaf(2);
        Await.until(() ->
                puppets.host().bindings().find("puppet").orElseThrow().state()
                        == BindingState.QUARANTINED);
        Await.until(() -> instance("puppet").stuckCalls() == 0);
        assertThat(puppets.host().bindings().enable("puppet").state())
                .isEqualTo(BindingState.ACTIVE);
        assertThat(puppets.ask("puppet", "say well")).isEqualTo("well");
    }

    /** Cancels a call that hears nothing, once it has begun. */
    private void cancelDeaf(int nth) {
        CancellationSource cancellation = new CancellationSource();
        Thread.ofVirtual()
                .start(() -> {
                    Await.until(() -> puppets.heard("puppet", "deaf") == nth);
                    cancellation.cancel();
                });
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> puppets.ask("puppet", "deaf", cancellation))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    private void refused(String instance, String isolation, String memory, String said) {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> puppets.place(instance, isolation, memory))
                .withMessageContaining(said);
    }

    private BindingStatus install(String name, String version, String isolation)
            throws IOException {
        BindingStatus status = puppets.install(name, version, isolation);
        assertThat(status.state()).as(status.reason()).isEqualTo(BindingState.ACTIVE);
        return status;
    }

    private InstanceStatus instance(String name) {
        return puppets.host().instances().find(name).orElseThrow();
    }

    private String health(String instance) {
        return instance(instance).health().reason();
    }
}
