package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a host ends, what it has started ends too, and its home serves again. */
class NoOrphansIT {
    @TempDir Path folder;
    private Path home;

    @BeforeEach
    void bringTheModel() throws Exception {
        home = folder.resolve("home");
        TestModel.into(home);
    }

    @Test
    void aKilledHostLeavesNoChildAndItsHomeServesAgain() throws Exception {
        List<ProcessHandle> children;
        try (LiveHost host = LiveHost.start(home)) {
            children = childrenAtWork(host);

            host.process().destroyForcibly();

            assertThat(host.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        awaitEnd(children);
        try (LiveHost again = LiveHost.start(home)) {
            assertThat(childrenAtWork(again)).doesNotContainAnyElementsOf(children);
            assertThat(again.bindery("list").output())
                    .containsPattern("(?m)^echo +\\S+ +ACTIVE")
                    .containsPattern("(?m)^llamacpp +\\S+ +ACTIVE");
        }
    }

    @Test
    void aHostThatIsAskedToEndEndsItsChildren() throws Exception {
        try (LiveHost host = LiveHost.start(home)) {
            List<ProcessHandle> children = childrenAtWork(host);

            assertThat(host.stop()).isZero();

            awaitEnd(children);
        }
    }

    @Test
    void aBindingThatIsSwitchedOffEndsItsChildAndOneThatIsSwitchedOnHasANewOne() throws Exception {
        try (LiveHost host = LiveHost.start(home)) {
            host.admin("POST", "bindings/minilm/disable"); // it has a child as well
            List<ProcessHandle> children = childrenAtWork(host);

            host.admin("POST", "bindings/llamacpp/disable");

            awaitEnd(children);
            assertThat(host.process().descendants().filter(ProcessView::isRunning)).isEmpty();
            host.admin("POST", "bindings/llamacpp/enable");
            assertThat(childrenAtWork(host)).isNotEmpty();
        }
    }

    /** The children, once one of them has answered with the model in its memory. */
    private static List<ProcessHandle> childrenAtWork(LiveHost host) throws Exception {
        HttpResponse<String> answer =
                host.post(
                        "/v1/chat/completions",
                        """
                        {"model":"%s","max_tokens":2,"messages":[{"role":"user","content":"Hi"}]}
                        """
                                .formatted(TestModel.ID));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<ProcessHandle> children =
                host.process().descendants().filter(ProcessView::isRunning).toList();
        assertThat(children).isNotEmpty();
        return children;
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        Wait.until(
                "all children have ended",
                () -> processes.stream().noneMatch(ProcessView::isRunning));
    }
}
