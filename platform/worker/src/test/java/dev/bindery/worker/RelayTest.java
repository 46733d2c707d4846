package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Reach;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bindings in processes of their own that ask other instances. */
class RelayTest {
    @TempDir static Path folder;
    private static PuppetHost hosted;

    @BeforeAll
    static void start() throws IOException {
        hosted = new PuppetHost(folder);
        hosted.install("near", "1.0.0", "classloader");
        hosted.install("apart", "1.0.0", "process");
        hosted.install("far", "1.0.0", "process");
        allow("apart", "near", "far");
        allow("far", "near", "apart");
    }

    @AfterAll
    static void stop() {
        hosted.close();
    }

    private static void allow(String instance, String... calls) {
        hosted.host()
                .instances()
                .configure(instance, InstanceChange.calls(new Reach(List.of(calls))));
    }

    private static BindingException failure(String instance, String order) {
        return catchThrowableOfType(BindingException.class, () -> hosted.ask(instance, order));
    }

    @Test
    void aProcessAsksAnInstanceInTheHostAndOneInAProcess() {
        assertThat(hosted.ask("apart", "relay near/puppet say hello you")).isEqualTo("hello you");
        assertThat(hosted.ask("apart", "relay far/puppet relay near/puppet say hi"))
                .isEqualTo("hi");
        assertThat(hosted.ask("apart", "models")).isEqualTo("[near/puppet, far/puppet]");
    }

    @Test
    void whatTheOperatorHasNotAllowedIsRefused() {
        assertThat(failure("near", "relay far/puppet say hi").code())
                .isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(failure("apart", "relay third/puppet say hi"))
                .hasMessageContaining("calls: [third]");
    }

    @Test
    void thePermissionsOfTheCallerHoldThroughProcesses() {
        BindingException e =
                catchThrowableOfType(
                        BindingException.class,
                        () ->
                                Errand.of(model -> !model.startsWith("near/"))
                                        .during(() ->
                                                hosted.ask(
                                                        "apart",
                                                        "relay far/puppet relay near/puppet say hi")));

        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(e).hasMessageContaining("'near/puppet'");
    }

    @Test
    void aCircleOfProcessesIsRefused() {
        assertThat(failure("apart", "relay far/puppet relay apart/puppet say hi"))
                .hasMessageContaining("apart → far → apart");
    }

    @Test
    void retriesInAProcessAreTakenFromTheOneBudget() {
        assertThat(hosted.ask("apart", "left near/puppet retry")).isEqualTo("2");
        assertThat(hosted.ask("apart", "left far/puppet retry")).isEqualTo("2");
        hosted.limit("apart", "retries", 1);
        assertThat(hosted.ask("apart", "relay far/puppet retry")).isEqualTo("true false");
        hosted.limit("apart", "retries", 4);
    }

    @Test
    void aCancellationReachesTheTarget() throws Exception {
        CancellationSource client = new CancellationSource();
        CompletableFuture<BindingException> end =
                CompletableFuture.supplyAsync(() ->
                        catchThrowableOfType(
                                BindingException.class,
                                () -> hosted.ask("apart", "relay near/puppet wait", client)));
        Await.until(() -> hosted.host().instances().find("near").orElseThrow().activeCalls() == 1);

        client.cancel();

        assertThat(end.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        Await.until(() -> hosted.host().instances().find("near").orElseThrow().activeCalls() == 0);
    }

    @Test
    void vectorsTokensAndCountsGoOverTheWall() {
        assertThat(hosted.ask("apart", "tokens near/puppet ab")).isEqualTo("[97, 98] ab 42 1");
        assertThat(hosted.ask("apart", "tokens far/puppet ab")).isEqualTo("[97, 98] ab 42 1");
    }
}
