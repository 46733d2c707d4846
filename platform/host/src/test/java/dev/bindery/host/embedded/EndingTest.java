package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.generation.LifecycleLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of calls when their binding ends. */
class EndingTest {
    private static final String ENDLESS =
            """
            callback.chunk("begun ");
            CountDownLatch over = new CountDownLatch(1);
            request.cancellation().onCancel(over::countDown);
            over.await();
            throw BindingException.cancelled();
            """
                    .replace("CountDownLatch", "java.util.concurrent.CountDownLatch");

    @TempDir Path folder;
    private HostHome home;

    private void start(Duration drain, Duration quarantine) {
        LifecycleLimits limits = LifecycleLimits.DEFAULT.withPatience(drain, quarantine);
        home =
                new HostHome(
                        EmbeddedHost.start(HostOptions.of(folder.resolve("home")), limits), folder);
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private CompletableFuture<String> begin(String model) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                text.complete(
                        home.host()
                                .models()
                                .generate(
                                        HostHome.request(model),
                                        _ -> {
                                            begun.countDown();
                                            return true;
                                        })
                                .text());
            } catch (RuntimeException e) {
                text.completeExceptionally(e);
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        return text;
    }

    /** As at a provider that takes a connection and says nothing, until the instance closes it. */
    @Test
    void aListThatNeverComesIsNoCallInFlightAndHoldsUpNoEnd() {
        start(Duration.ofMinutes(5), Duration.ofMinutes(5));
        home.install(
                BindingJar.of(
                        "silent",
                        "1.0.0",
                        """
                        private final java.util.concurrent.CountDownLatch closed = new java.util.concurrent.CountDownLatch(1);
                        private int asked;
                        public synchronized List<String> listModels() {
                            if (asked++ == 0) throw new IllegalStateException("later");
                            info("asked again");
                            while (closed.getCount() > 0) {
                                try { closed.await(); } catch (InterruptedException e) { }
                            }
                            return List.of();
                        }
                        public void stop() { closed.countDown(); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return GenerationResult.of(""); }
                        """));
        Wait.until("the list is awaited", () -> home.events().contains("silent asked again"));
        assertThat(home.instance("silent").activeCalls()).isZero();

        home.uninstall("silent");
        Wait.until("it is unloaded", () -> home.events().contains("binding/UNLOADED silent"));
        assertThat(home.events().toString()).doesNotContain("stuck", "ignore");
    }

    private static void isCancelled(CompletableFuture<String> call) {
        assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(BindingException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void theCallsOfADisabledBindingAreCancelledAfterAWhile() throws Exception {
        start(Duration.ofHours(1), Duration.ofHours(1));
        home.install(BindingJar.generating("hi", "1.0.0", ENDLESS));
        CompletableFuture<String> call = begin("hi/m");
        home.host().bindings().disable("hi", Duration.ofMillis(200));
        assertThat(home.binding("hi").state()).isEqualTo(BindingState.DISABLED);
        isCancelled(call);
        Wait.until(
                "it has ended",
                () -> home.binding("hi").reason().equals("switched off by the operator"));
    }

    @Test
    void theSameCommandAgainCancelsThemAtOnce() throws Exception {
        start(Duration.ofHours(1), Duration.ofHours(1));
        home.install(BindingJar.generating("hi", "1.0.0", ENDLESS));
        CompletableFuture<String> call = begin("hi/m");
        assertThat(home.host().bindings().disable("hi", Duration.ofHours(1)).reason())
                .isEqualTo(
                        "switched off by the operator; 1 calls may go on for 3600 s; to cancel them now, give the command again");
        assertThat(call).isNotDone();
        home.host().bindings().disable("hi", Duration.ofHours(1));
        isCancelled(call);
    }

    @Test
    void uninstallingAgainCancelsTheCallsAtOnce() throws Exception {
        start(Duration.ofHours(1), Duration.ofHours(1));
        home.install(BindingJar.generating("hi", "1.0.0", ENDLESS));
        CompletableFuture<String> call = begin("hi/m");
        home.host().bindings().uninstall("hi", Duration.ofHours(1));
        assertThat(call).isNotDone();
        home.host().bindings().uninstall("hi", Duration.ofHours(1));
        isCancelled(call);
        Wait.until("nothing of it is left", this::isUnknown);
    }

    private boolean isUnknown() throws IOException {
        try {
            home.host().bindings().uninstall("hi");
            return false;
        } catch (HostException e) {
            return e.getMessage().contains("there is no binding hi");
        }
    }

    @Test
    void anExclusiveSwapWaitsForCallsOnlyAWhileAndItsCallersForIt() throws Exception {
        start(Duration.ofSeconds(1), Duration.ofHours(1));
        home.install(exclusive(BindingJar.generating("hi", "1.0.0", ENDLESS), "1.0.0"));
        CompletableFuture<String> old = begin("hi/m");
        CompletableFuture<?> swap = async(this::installTwo);
        Wait.until("it is being exchanged", () -> home.events().contains("being exchanged"));
        assertThat(home.ask("hi/m")).isEqualTo("two");
        isCancelled(old);
        swap.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatWaitsForAPlaceInTheOldIsAnsweredByItsSuccessor() throws Exception {
        start(Duration.ofSeconds(1), Duration.ofHours(1));
        home.install(
                BindingJar.generating("hi", "1.0.0", ENDLESS)
                        .text(
                                "config.yaml",
                                BindingJar.card("hi", "1.0.0", "swap: exclusive\nconcurrency: 1")));
        CompletableFuture<String> old = begin("hi/m");
        CompletableFuture<String> waiting = new CompletableFuture<>();
        Thread.startVirtualThread(() -> waiting.complete(home.ask("hi/m")));
        Wait.until("it waits", () -> home.instance("hi").queuedCalls() == 1);
        installTwo();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("two");
        isCancelled(old);
    }

    private static BindingJar exclusive(BindingJar jar, String version) {
        return jar.text("config.yaml", BindingJar.card("hi", version, "swap: exclusive"));
    }

    private void installTwo() {
        home.install(exclusive(BindingJar.answering("hi", "2.0.0", "two"), "2.0.0"));
    }

    private static CompletableFuture<?> async(Runnable task) {
        return CompletableFuture.runAsync(task, code -> Thread.ofVirtual().start(code));
    }

    @Test
    void aJarThatCannotBeLoadedDoesNotInterruptAnExclusiveBinding() {
        start(Duration.ofHours(1), Duration.ofHours(1));
        home.install(exclusive(BindingJar.answering("hi", "1.0.0", "one"), "1.0.0"));
        home.install(
                exclusive(BindingJar.answering("hi", "2.0.0", "two"), "2.0.0")
                        .text("META-INF/services/dev.bindery.api.LlmBinding", "sample.Absent\n"));
        assertThat(home.ask("hi/m")).isEqualTo("one");
        assertThat(home.binding("hi").reason()).contains("version 2.0.0 was refused");
        assertThat(home.events()).doesNotContain("being exchanged");
    }
}
